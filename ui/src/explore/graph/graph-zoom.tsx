/** For pointers without a wheel, and to find the way back. */
export function GraphZoom({ zoom, showAll }: { readonly zoom: (factor: number) => void; readonly showAll: () => void }) {
  return (
    <div className="graph-zoom segmented" role="group" aria-label="Zoom of the graph">
      <button type="button" aria-label="Zoom out" onClick={() => zoom(0.8)}>
        −
      </button>
      <button type="button" onClick={showAll}>
        All
      </button>
      <button type="button" aria-label="Zoom in" onClick={() => zoom(1.25)}>
        +
      </button>
    </div>
  );
}
