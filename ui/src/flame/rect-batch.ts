/** What drawing needs of a canvas context; tests give a recorder. */
export type Surface = Pick<
  CanvasRenderingContext2D,
  | 'fillStyle'
  | 'font'
  | 'textBaseline'
  | 'fillRect'
  | 'fillText'
  | 'measureText'
  | 'save'
  | 'restore'
  | 'beginPath'
  | 'rect'
  | 'clip'
  | 'moveTo'
  | 'lineTo'
  | 'stroke'
  | 'strokeStyle'
  | 'lineWidth'
  | 'strokeRect'
>;

/**
 * Rectangles in device pixels, filled class by class: a canvas is several times faster where the fill style changes a dozen times than where
 * it changes with every rectangle.
 */
export class RectBatch {
  private count = 0;
  private columns = new Int32Array(4 * 4096); // x, y, width, and the rectangle before of the same class
  private readonly last = new Int32Array(256).fill(-1);

  constructor(private readonly rectHeight: number) {}

  add(fill: number, x: number, y: number, width: number): void {
    const at = this.count * 4;
    if (at === this.columns.length) {
      const grown = new Int32Array(at * 2);
      grown.set(this.columns);
      this.columns = grown;
    }
    this.columns[at] = x;
    this.columns[at + 1] = y;
    this.columns[at + 2] = width;
    this.columns[at + 3] = this.last[fill];
    this.last[fill] = this.count++;
  }

  /** Fills all and is empty again. */
  flush(surface: Surface, fills: readonly string[]): void {
    const { columns, rectHeight } = this;
    for (let fill = 0; fill < fills.length; fill++) {
      if (this.last[fill] < 0) continue;
      surface.fillStyle = fills[fill];
      for (let i = this.last[fill]; i >= 0; i = columns[i * 4 + 3]) {
        surface.fillRect(columns[i * 4], columns[i * 4 + 1], columns[i * 4 + 2], rectHeight);
      }
    }
    this.last.fill(-1);
    this.count = 0;
  }
}
