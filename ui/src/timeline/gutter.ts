/** Pixels around the plot, for its axes: the layer of gestures over the canvas must lie exactly on the plot. */
export const GUTTER = { left: 60, right: 12, top: 6, bottom: 22 } as const;
