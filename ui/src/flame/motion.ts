import { between, sameView, type Viewport } from './viewport';

/** Milliseconds of a zoom by click or key. */
const GLIDE = 120;
/** Milliseconds without a step after which the picture counts as standing still. */
const SETTLE = 90;
/** Milliseconds of drawing above which pixels are halved in motion: without a GPU every pixel costs. */
const SLOW = 12;

/** Moves the viewport: in one glide, or step by step after a wheel or a drag. Knows whether the picture moves and how fine it is then drawn. */
export class Motion {
  moving = false;
  /** Where a glide leads. */
  target: Viewport | null = null;
  private frame = 0;
  private settling: ReturnType<typeof setTimeout> | undefined;
  private cost = 0;

  constructor(
    private readonly move: (view: Viewport) => void,
    private readonly settled: () => void,
  ) {}

  glide(from: Viewport, to: Viewport): void {
    this.stop();
    if (sameView(from, to)) return;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.move(to);
      return;
    }
    this.target = to;
    this.moving = true;
    const began = performance.now();
    const step = (now: number) => {
      const t = Math.min(1, Math.max(0, (now - began) / GLIDE));
      if (t < 1) this.frame = requestAnimationFrame(step);
      else this.stop();
      this.move(between(from, to, 1 - (1 - t) ** 3));
    };
    this.frame = requestAnimationFrame(step);
  }

  /** One step of a wheel or a drag. */
  follow(view: Viewport): void {
    this.stop();
    this.moving = true;
    this.settling = setTimeout(() => {
      this.moving = false;
      this.settled();
    }, SETTLE);
    this.move(view);
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.settling);
    this.target = null;
    this.moving = false;
  }

  /** Tells what a drawing in motion cost, in milliseconds. */
  paid(took: number): void {
    this.cost = took;
  }

  ratio(device: number): number {
    return this.moving && this.cost > SLOW && device > 1 ? device / 2 : device;
  }
}
