import { heatLegend, heatLevel } from '../../profile/heatmap';

/** Counts and their colours. The browser mixes as the canvas does, in OKLab. */
export function HeatLegend({ most, noun }: { readonly most: number; readonly noun: string }) {
  return (
    <ul className="heat-legend" aria-label={`Colours: ${noun} in a cell`}>
      {heatLegend(most, 5).map((count) => (
        <li key={count}>
          <span className="heat-swatch" style={{ '--level': `${heatLevel(count, most) * 100}%` }} />
          <span className="num">{count}</span>
        </li>
      ))}
      <li className="unit">{noun} in a cell</li>
    </ul>
  );
}
