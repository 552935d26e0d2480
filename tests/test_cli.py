"""The command line as its users type it: what it prints, writes, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from service.cli import main
from service.named import named_queries


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def lines(built: Path, *words: str) -> list[dict[str, str]]:
    outcome = run("query", *words, "--store", str(built), "--format", "csv")
    assert outcome.exit_code == 0, outcome.output
    return list(csv.DictReader(io.StringIO(outcome.stdout)))


def test_help_teaches_every_command() -> None:
    for command in ("", *main.commands):
        outcome = run(*([command] if command else []), "--help")
        assert outcome.exit_code == 0
        assert len(outcome.output) > 100


def test_help_and_service_never_load_the_language_model() -> None:
    code = (
        "import sys, service.cli, service.app, service.serving, service.commands.asking; "
        "sys.exit(any(m.partition('.')[0] in ('spacy', 'thinc') for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_graph_of_the_seeds_keeps_the_contract(built: Path) -> None:
    outcome = run("check", "--store", str(built))
    assert outcome.exit_code == 0, outcome.output
    assert "5 documents checked, nothing broken" in outcome.output


def test_check_lists_what_is_broken_and_fails(built: Path, tmp_path: Path) -> None:
    broken = ox.Store()
    broken.extend(ox.Store.read_only(str(next((built / "snapshots").iterdir()))))
    begin = ox.NamedNode("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#anchorOf")
    quad = next(broken.quads_for_pattern(None, begin, None, None))
    broken.remove(quad)
    broken.add(ox.Quad(quad.subject, begin, ox.Literal("words that are not there"), quad.graph_name))
    snapshot = tmp_path / "snapshots" / "1"
    snapshot.parent.mkdir()
    on_disk = ox.Store(str(snapshot))
    on_disk.extend(broken)
    on_disk.flush()
    del on_disk
    (tmp_path / "current").write_text("1")
    outcome = run("check", "--store", str(tmp_path))
    assert outcome.exit_code == 1
    assert "nif:anchorOf" in outcome.output
    assert "5 documents checked, 1 broken" in outcome.output


@pytest.mark.parametrize("name", named_queries())
def test_every_named_query_finds_something_in_the_seeds(built: Path, name: str) -> None:
    rows = lines(built, name)
    assert rows
    assert all(any(row.values()) for row in rows)


def test_a_named_query_takes_parameters(built: Path) -> None:
    everyone = lines(built, "offices")
    some = lines(built, "offices", "actor=Putin")
    assert 0 < len(some) < len(everyone)
    assert all("Putin" in row["person"] for row in some)


def test_a_parameter_is_a_string_and_no_sparql(built: Path) -> None:
    assert lines(built, "offices", 'actor=" } DROP ALL #\\') == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["query", "SELECT * { ?s ?p "], "cannot be read: error at 1:18"),
        (["query", "no-such-name"], "There are: claims"),
        (["query", "offices", "nobody=x"], "It has: actor"),
        (["query", "offices", "actor"], "actor=VALUE"),
        (["query", "ASK {}", "--format", "ttl"], "--format csv or json"),
        (["query", "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1", "--format", "csv"], "--format ttl"),
        (["export", "graph.xyz"], "--format"),
        (["forget", "nothing.txt"], "no document 'nothing.txt'"),
    ],
)
def test_mistakes_are_told_in_one_line(built: Path, words: list[str], told: str) -> None:
    outcome = run(*words, "--store", str(built))
    assert outcome.exit_code == 1
    assert told in outcome.output
    assert "Traceback" not in outcome.output
    assert len(outcome.output.strip().splitlines()) == 1


def test_an_unknown_option_is_a_usage_error() -> None:
    outcome = run("build", "seeds", "--colour", "blue")
    assert outcome.exit_code == 2
    assert "No such option" in outcome.output


def test_a_setting_out_of_range_is_told(built: Path) -> None:
    outcome = run("build", "seeds", "--jobs", "0", "--store", str(built))
    assert outcome.exit_code == 1
    assert "jobs" in outcome.output


def test_an_unknown_model_is_told(tmp_path: Path) -> None:
    outcome = run("build", "seeds", "--model", "no_such_model", "--store", str(tmp_path / "kg"))
    assert outcome.exit_code == 1
    assert "no_such_model" in outcome.output
    assert "--model" in outcome.output


def test_settings_come_from_options_then_environment_then_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, built: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "diplograph.toml").write_text(f'store = "{built}"\n')
    assert run("stats").exit_code == 0
    monkeypatch.setenv("DIPLOGRAPH_STORE", str(tmp_path / "empty"))
    assert "There is no graph" in run("stats").output
    assert run("stats", "--store", str(built)).exit_code == 0


def test_an_unknown_key_of_the_settings_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "diplograph.toml").write_text("colour = 1\n")
    outcome = run("stats")
    assert outcome.exit_code == 1
    assert "colour" in outcome.output


def test_building_twice_reads_nothing_new_and_gives_the_same_bytes(
    built: Path, seeds: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "1.nq", tmp_path / "2.nq"
    assert run("export", str(first), "--store", str(built)).exit_code == 0
    again = run("build", str(seeds), "--store", str(built))
    assert "0 read (0 words), 5 known from before" in again.output
    assert run("export", str(second), "--store", str(built)).exit_code == 0
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes().count(b"\n") > 1000


def test_two_processes_give_the_same_bytes(built: Path, seeds: Path, tmp_path: Path) -> None:
    other = tmp_path / "kg"
    assert run("build", str(seeds), "--jobs", "2", "--store", str(other)).exit_code == 0
    one = run("export", "--store", str(built)).stdout_bytes
    assert one
    assert one == run("export", "--store", str(other)).stdout_bytes


@pytest.mark.parametrize("form", ["ttl", "trig", "nq", "jsonld"])
def test_exports_read_back_as_the_same_number_of_statements(built: Path, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"graph.{form}"
    assert run("export", str(file), "--store", str(built)).exit_code == 0
    formats = {"ttl": "TURTLE", "trig": "TRIG", "nq": "N_QUADS", "jsonld": "JSON_LD"}
    read = list(ox.parse(path=str(file), format=getattr(ox.RdfFormat, formats[form])))
    asked = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    if form == "ttl":
        asked = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }"
    expected = lines(built, asked)[0]["n"]
    assert len(set(read)) == int(expected)


def test_the_table_of_events_has_a_sentence_in_each_row(built: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("export", "--format", "csv", "--store", str(built)).stdout)))
    assert rows
    assert all(row["sentence"] and row["what"] and row["document"] for row in rows)


def test_a_dry_run_lists_and_writes_nothing(seeds: Path, tmp_path: Path) -> None:
    outcome = run("build", str(seeds), "--dry-run", "--store", str(tmp_path / "kg"))
    assert outcome.exit_code == 0
    assert "Would be read" in outcome.output
    assert not (tmp_path / "kg").exists()


def test_bad_sources_are_named_with_their_reasons_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "good.txt").write_text("President Ama Mensah of Ghana visited Kenya in May 2019.")
    (folder / "empty.txt").write_text("")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "long.txt").write_text("a" * 50_000_000)
    (folder / "japanese.txt").write_text("日本の外務大臣はモスクワでロシアの外務大臣と会談した。" * 5)
    (folder / "news.jsonl").write_text(
        json.dumps({"id": "1", "text": "Kenya and Ghana signed a trade agreement in Nairobi."})
        + '\n{"text": \n'
    )
    outcome = run("build", str(folder), "--store", str(tmp_path / "kg"))
    assert outcome.exit_code == 2
    for name in ("empty.txt", "binary.txt", "long.txt", "japanese.txt", "news.jsonl#2"):
        assert name in outcome.output
    assert "2 read" in outcome.output
    assert "good.txt" not in outcome.output.partition("What could not be read")[2]
    assert run("check", "--store", str(tmp_path / "kg")).exit_code == 0


def test_a_forgotten_document_leaves_the_graph_and_can_come_back(tmp_path: Path) -> None:
    folder, store = tmp_path / "texts", str(tmp_path / "kg")
    folder.mkdir()
    (folder / "a.txt").write_text("President Ama Mensah of Ghana visited Kenya.")
    (folder / "b.txt").write_text("Chile and Peru held talks in Lima.")
    assert run("build", str(folder), "--store", store).exit_code == 0
    before = run("export", "--store", store).stdout
    assert run("forget", "a.txt", "--store", store).exit_code == 0
    assert "Mensah" not in run("export", "--store", store).stdout
    assert run("build", str(folder), "--store", store).exit_code == 0
    assert run("export", "--store", store).stdout == before
