// Sigma for machines that draw slowly: while the picture moves, what was drawn is moved as it is.
import type { Attributes } from "graphology-types";
import Sigma from "sigma";

/** Milliseconds from one frame to the next that are too many. */
const SLOW = 30;
/** Milliseconds without a movement after which the picture is drawn anew. */
const REST = 120;
/** How many times as long as drawing takes it is not done again while the picture moves. */
const SELDOM = 5;
/** The share of the picture's sides that may be empty before it is drawn anew, and how much it may be enlarged. */
const [EMPTY, ENLARGED] = [0.25, 1.6];
const REMEMBERED = 5;

type Refreshing = Parameters<Sigma["refresh"]>[0];

/**
 * A sigma that measures how long the machine takes to draw. Where that is too long for a movement to be smooth,
 * the layers of the picture are shifted and scaled as they are, which costs next to nothing, and drawn anew when
 * the movement rests or has led too far, the latter only now and then.
 */
export class GlidingSigma<N extends Attributes = Attributes, E extends Attributes = Attributes> extends Sigma<
  N,
  E
> {
  private drawn = this.getCamera().getState();
  private drawnAt = 0;
  private costs: number[] = [];
  private resting: ReturnType<typeof setTimeout> | undefined;
  private isGliding = false;
  private isStale = true;
  /** False while sigma's own constructor runs, which draws already. */
  private isMade = true;

  /** Begin to measure and to glide. */
  watch(): this {
    this.on("beforeRender", () => this.begin());
    this.on("afterRender", () => this.measure());
    for (const layer of this.layers()) layer.style.transformOrigin = "0 0";
    // What is pressed is looked for where it was drawn last.
    const press = () =>
      this.isGliding && this.refresh({ partialGraph: {}, skipIndexation: true, schedule: false });
    for (const name of ["mousedown", "touchstart"]) {
      this.getContainer().addEventListener(name, press, { capture: true, passive: true });
    }
    return this;
  }

  /** Have the node at a point of the picture found otherwise than by the layer that sigma keeps for that. */
  findBy(find: (x: number, y: number) => string | null): void {
    const own = this as unknown as { getNodeAtPosition: (at: { x: number; y: number }) => string | null };
    own.getNodeAtPosition = ({ x, y }) => find(x, y);
  }

  /** Whether the picture is moved, by hand or on its own. */
  get isMoving(): boolean {
    return this.getMouseCaptor().isMoving || this.getTouchCaptor().isMoving || this.getCamera().isAnimated();
  }

  /** Whether the machine had better draw nothing new now, since it is busy enough with what it has. */
  get isBusy(): boolean {
    return this.isMoving || performance.now() - this.drawnAt < SELDOM * this.cost;
  }

  /** Milliseconds that the machine takes to draw the picture; 0 where not known yet. */
  private get cost(): number {
    return this.costs.length ? Math.min(...this.costs) : 0;
  }

  /** Draw anew, at the next frame unless told otherwise. */
  override refresh(how: Refreshing = {}): this {
    const isQuick = Boolean(how.partialGraph && how.skipIndexation && !this.isStale);
    this.isStale ||= !isQuick;
    return super.refresh({ schedule: true, ...how, skipIndexation: isQuick });
  }

  override scheduleRender(): this {
    if (!this.isMade || !this.isMoving || this.cost < SLOW || this.hasLedTooFar())
      return super.scheduleRender();
    this.glide();
    clearTimeout(this.resting);
    this.resting = setTimeout(() => super.scheduleRender(), REST);
    return this;
  }

  /** Before the picture is drawn: put its layers back, and look how long it takes. */
  private begin(): void {
    clearTimeout(this.resting);
    if (this.isGliding) for (const layer of this.layers()) layer.style.transform = "";
    this.isGliding = this.isStale = false;
    this.drawn = this.getCamera().getState();
    this.drawnAt = performance.now();
  }

  /** See how long it takes until what was just ordered is drawn: that is done elsewhere, and no frame waits. */
  private measure(): void {
    const begun = this.drawnAt;
    const canvas = this.getCanvases().nodes as HTMLCanvasElement;
    const gl = canvas.getContext("webgl2");
    const drawn = gl?.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    if (!gl || !drawn || !this.getGraph().order) return;
    gl.flush();
    const look = () => {
      if (gl.getSyncParameter(drawn, gl.SYNC_STATUS) !== gl.SIGNALED && !gl.isContextLost()) {
        requestAnimationFrame(look);
        return;
      }
      gl.deleteSync(drawn);
      this.costs = [...this.costs, performance.now() - begun].slice(-REMEMBERED);
    };
    requestAnimationFrame(look);
  }

  private layers(): HTMLElement[] {
    const { mouse: _, ...layers } = this.getCanvases();
    return Object.values(layers);
  }

  /** How what was drawn has to be shifted and enlarged to lie where it would be drawn now. */
  private shift(): { x: number; y: number; scale: number } {
    const middle = { x: 0.5, y: 0.5 };
    const scale = this.drawn.ratio / this.getCamera().ratio;
    const before = this.framedGraphToViewport(middle, { cameraState: this.drawn });
    const now = this.framedGraphToViewport(middle);
    return { x: now.x - before.x * scale, y: now.y - before.y * scale, scale };
  }

  private hasLedTooFar(): boolean {
    if (performance.now() - this.drawnAt < SELDOM * this.cost) return false;
    const { width, height } = this.getDimensions();
    const { x, y, scale } = this.shift();
    const across = Math.max(x, width - (x + width * scale));
    const down = Math.max(y, height - (y + height * scale));
    return across > EMPTY * width || down > EMPTY * height || scale > ENLARGED;
  }

  private glide(): void {
    const { x, y, scale } = this.shift();
    this.isGliding = true;
    for (const layer of this.layers()) layer.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  }
}
