// The worker that lays a network out: ForceAtlas2, in steps, telling where everything is as it goes.
import type { ForceAtlas2Settings } from "graphology-layout-forceatlas2";
import iterate from "graphology-layout-forceatlas2/iterate";

export interface Task {
  nodes: Float32Array;
  edges: Float32Array;
  settings: ForceAtlas2Settings;
  steps: number;
}

export interface Progress {
  nodes: Float32Array;
  done: boolean;
}

const PAUSE = 60;
let current = 0;

self.addEventListener("message", (event: MessageEvent<Task | "stop">) => {
  const number = ++current;
  if (event.data !== "stop") run(event.data, number, event.data.steps);
});

/** Work for a while, tell, and let a message in. */
function run(task: Task, number: number, left: number): void {
  if (number !== current) return;
  const begin = performance.now();
  let steps = left;
  while (steps > 0 && performance.now() - begin < PAUSE) {
    iterate(task.settings, task.nodes, task.edges);
    steps -= 1;
  }
  self.postMessage({ nodes: task.nodes.slice(), done: steps === 0 } satisfies Progress);
  if (steps > 0) setTimeout(() => run(task, number, steps), 0);
}
