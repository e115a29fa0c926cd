import type { Box } from './flame-view';

/** Puts an outline around a box, or takes it away. An element above the canvas: to mark a frame nothing is drawn again. */
export function placeOutline(mark: HTMLElement | null, box: Box | null): void {
  if (mark === null) return;
  mark.hidden = box === null;
  if (box === null) return;
  mark.style.transform = `translate(${box.x}px, ${box.y}px)`;
  mark.style.width = `${box.width}px`;
  mark.style.height = `${box.height}px`;
}
