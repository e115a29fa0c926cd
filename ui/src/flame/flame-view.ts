import type { ColorTable } from '../profile/color-classes';
import type { ThemeColors } from '../profile/colors';
import type { Frames } from '../profile/frames';
import { foldedExtent } from '../profile/rows';
import { contentHeight, depthAt, rowTop, ROW_HEIGHT, scrollToRow, type Direction, type Geometry } from './geometry';
import { hitTest, type Hit } from './hit-test';
import { Motion } from './motion';
import { paint } from './paint';
import type { LabelFont } from './scene';
import { rowsWithin } from './spans';
import { panBy, sameView, viewOf, zoomAt, type Viewport } from './viewport';

/** What is shown; the owner replaces it whole. */
export interface FlameModel {
  readonly frames: Frames;
  readonly colors: ColorTable;
  readonly theme: ThemeColors;
  readonly font: LabelFont;
  readonly hits: Uint8Array | null;
  readonly direction: Direction;
  readonly zoom: number;
}

/** Elements that the view draws into; it owns their inline styles. */
export interface FlameElements {
  readonly scroller: HTMLElement;
  readonly spacer: HTMLElement;
  readonly canvas: HTMLCanvasElement;
}

/** A box within the stage in CSS pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Draws a model into a canvas that stands still while its scroller moves: keeps viewport, size and motion, and knows nothing of React. */
export class FlameView {
  private model: FlameModel | null = null;
  private view: Viewport = { left: 0, right: 1 };
  private geometry: Geometry = { direction: 'icicle', rows: 1, scrollTop: 0, width: 0, height: 0 };
  private readonly motion = new Motion(
    (view) => this.setView(view),
    () => this.requestDraw(),
  );
  private frame = 0;

  /** `onView` is told after every change of viewport, scroll or size, so that outlines can follow. */
  constructor(
    private readonly elements: FlameElements,
    private readonly onView: (view: Viewport, whole: number) => void,
  ) {}

  get whole(): number {
    const total = this.model?.frames.total[0] ?? 0;
    return total > 0 ? total : 1;
  }

  show(model: FlameModel): void {
    const before = this.model;
    this.model = model;
    if (before?.frames !== model.frames) this.jump(viewOf(model.frames, model.zoom));
    else if (before.zoom !== model.zoom) this.zoomTo(model.zoom);
    if (before?.direction !== model.direction) this.turn(model.direction);
    this.requestDraw();
  }

  resize(width: number, height: number): void {
    this.geometry = { ...this.geometry, width, height };
    const { scroller } = this.elements;
    scroller.parentElement?.style.setProperty('--flame-gutter', `${scroller.offsetWidth - scroller.clientWidth}px`);
    this.fitRows();
    this.draw(); // at once: a canvas that was resized is empty
  }

  scrolled(): void {
    this.geometry = { ...this.geometry, scrollTop: this.elements.scroller.scrollTop };
    this.onView(this.view, this.whole);
    this.requestDraw();
  }

  /** Moves to the extent of a node and scrolls to its row. */
  zoomTo(node: number): void {
    if (this.model === null) return;
    const { frames } = this.model;
    this.motion.glide(this.view, viewOf(frames, node));
    this.scrollTo(scrollToRow(this.geometry, frames.depth[node]));
  }

  /** Whether a wheel or the keyboard moved the viewport away from the zoomed frame. */
  isAway(): boolean {
    return this.model !== null && !sameView(this.motion.target ?? this.view, viewOf(this.model.frames, this.model.zoom));
  }

  zoomAtPointer(x: number, factor: number): void {
    this.motion.follow(zoomAt(this.view, x / this.geometry.width, factor, this.whole));
  }

  pan(pixels: number): void {
    this.motion.follow(panBy(this.view, pixels / this.geometry.width, this.whole));
  }

  setWindow(left: number, right: number): void {
    this.motion.follow({ left: left * this.whole, right: right * this.whole });
  }

  /** Makes a frame visible: pans where it is outside, zooms where it is narrower than a few pixels. */
  reveal(node: number): void {
    if (this.model === null || this.geometry.width === 0) return;
    const { frames } = this.model;
    const view = this.motion.target ?? this.view;
    const extent = viewOf(frames, node);
    const shown = ((extent.right - extent.left) / (view.right - view.left)) * this.geometry.width;
    const outside = extent.right <= view.left || extent.left >= view.right;
    if (outside || shown < 4) {
      const span = shown < 4 ? ((extent.right - extent.left) * this.geometry.width) / 40 : view.right - view.left;
      const middle = (extent.left + extent.right) / 2;
      this.motion.glide(this.view, panBy({ left: middle - span / 2, right: middle + span / 2 }, 0, this.whole));
    }
    this.scrollTo(scrollToRow(this.geometry, frames.depth[node]));
  }

  hit(x: number, y: number): Hit {
    if (this.model === null) return null;
    return hitTest(this.model.frames, depthAt(this.geometry, y), x, this.geometry.width, this.view);
  }

  /** Where a frame, or its folded part, is drawn; null where it is not seen. */
  boxOf(node: number, kind: 'frame' | 'folded' = 'frame'): Box | null {
    const { geometry, view, model } = this;
    if (model === null || node >= model.frames.count) return null;
    const extent = kind === 'frame' ? extentOf(model.frames, node) : foldedExtent(model.frames, node);
    const scale = geometry.width / (view.right - view.left);
    const x0 = Math.max(0, Math.min((extent.left - view.left) * scale, geometry.width - 2));
    const x1 = Math.min(geometry.width, (extent.right - view.left) * scale);
    const y = rowTop(geometry, model.frames.depth[node] + (kind === 'folded' ? 1 : 0));
    const seen = extent.right > view.left && extent.left < view.right && y > -ROW_HEIGHT && y < geometry.height;
    return seen ? { x: x0, y, width: Math.max(2, x1 - x0), height: ROW_HEIGHT - 1 } : null;
  }

  /** Draws now. Returns the milliseconds that took; 0 where there is nothing to draw. */
  draw(): number {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const { model, geometry } = this;
    const context = this.elements.canvas.getContext('2d', { alpha: false });
    if (model === null || context === null || geometry.width === 0 || geometry.height === 0) return 0;
    const began = performance.now();
    const moving = this.motion.moving;
    const ratio = this.motion.ratio(window.devicePixelRatio);
    sizeCanvas(this.elements.canvas, geometry, ratio);
    paint(context, { ...model, view: this.view, geometry, ratio, moving });
    const took = performance.now() - began;
    if (moving) this.motion.paid(took);
    return took;
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
    this.motion.stop();
  }

  private jump(view: Viewport): void {
    this.motion.stop();
    this.setView(view);
  }

  private setView(view: Viewport): void {
    this.view = view;
    this.fitRows();
    this.requestDraw();
  }

  /** The scrolled area ends with the deepest row that has something within the viewport. */
  private fitRows(): void {
    if (this.model === null) return;
    const before = contentHeight(this.geometry);
    this.geometry = { ...this.geometry, rows: rowsWithin(this.model.frames, this.view) };
    const after = contentHeight(this.geometry);
    this.elements.spacer.style.height = `${after - this.geometry.height}px`;
    if (this.geometry.direction === 'flame' && after !== before) this.elements.scroller.scrollTop += after - before;
    this.geometry = { ...this.geometry, scrollTop: this.elements.scroller.scrollTop };
    this.onView(this.view, this.whole);
  }

  private turn(direction: Direction): void {
    this.geometry = { ...this.geometry, direction };
    this.scrollTo(direction === 'icicle' ? 0 : contentHeight(this.geometry));
  }

  private scrollTo(top: number): void {
    this.elements.scroller.scrollTop = top;
    this.scrolled();
  }

  private requestDraw(): void {
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.draw());
  }
}

function extentOf(frames: Frames, node: number): Viewport {
  return { left: frames.start[node], right: frames.start[node] + frames.total[node] };
}

function sizeCanvas(canvas: HTMLCanvasElement, { width, height }: Geometry, ratio: number): void {
  const w = Math.max(1, Math.round(width * ratio));
  const h = Math.max(1, Math.round(height * ratio));
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
}
