import type { LineCost } from '../../api/lines';

export interface HeatedLine extends LineCost {
  /** 0 to 1: share of the hottest line. Self counts where there is any, since lines that only call are warm by their callees. */
  readonly heat: number;
}

/** Every line with its heat. */
export function heated(lines: readonly LineCost[]): readonly HeatedLine[] {
  const by = lines.some((line) => line.self > 0) ? 'self' : 'total';
  const most = lines.reduce((max, line) => Math.max(max, line[by]), 0);
  return lines.map((line) => ({ ...line, heat: most > 0 ? line[by] / most : 0 }));
}

/** The hottest lines, in the order of the file. Of equally hot ones those with more below them. */
export function hottest(lines: readonly LineCost[], limit: number): readonly HeatedLine[] {
  return heated(lines)
    .toSorted((a, b) => b.heat - a.heat || b.total - a.total || a.line - b.line)
    .slice(0, limit)
    .sort((a, b) => a.line - b.line);
}

/** `Serializer.cs` of `/src/core/Serializer.cs`, also of Windows' paths. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
