import { ROW_HEIGHT } from './geometry';
import type { Surface } from './rect-batch';
import type { Scene } from './scene';

interface Place {
  readonly x0: number;
  readonly x1: number;
  readonly top: number;
}

/** Diagonal lines over a bar, 5 px apart. */
export function hatch(surface: Surface, scene: Scene, place: Place, color: string): void {
  const { ratio, geometry } = scene;
  const x0 = Math.max(0, place.x0) * ratio;
  const x1 = (Math.min(geometry.width, place.x1) - 1) * ratio;
  const top = place.top * ratio;
  const height = (ROW_HEIGHT - 1) * ratio;
  surface.save();
  surface.beginPath();
  surface.rect(x0, top, x1 - x0, height);
  surface.clip();
  surface.beginPath();
  for (let x = x0 - height; x < x1; x += 5 * ratio) {
    surface.moveTo(x, top + height);
    surface.lineTo(x + height, top);
  }
  surface.strokeStyle = `${color}59`; // a third, so that the label above stays readable
  surface.lineWidth = ratio;
  surface.stroke();
  surface.restore();
}

/** A line inside the edge of a bar. */
export function outline(surface: Surface, { ratio }: Scene, place: Place, color: string): void {
  surface.strokeStyle = color;
  surface.lineWidth = ratio;
  const half = ratio / 2;
  surface.strokeRect(
    Math.round(place.x0 * ratio) + half,
    Math.round(place.top * ratio) + half,
    (place.x1 - place.x0 - 1) * ratio - 2 * half,
    (ROW_HEIGHT - 1) * ratio - 2 * half,
  );
}

/** Neutral and hatched: something is here that was not sent. */
export function dashed(surface: Surface, scene: Scene, place: Place): void {
  const { ratio, theme, geometry } = scene;
  const x0 = Math.max(-2, place.x0);
  surface.fillStyle = theme.folded;
  surface.fillRect(
    Math.round(x0 * ratio),
    Math.round(place.top * ratio),
    Math.max(1, Math.round((Math.min(geometry.width + 2, place.x1) - x0 - 1) * ratio)),
    Math.round((ROW_HEIGHT - 1) * ratio),
  );
  hatch(surface, scene, place, theme.tick);
}
