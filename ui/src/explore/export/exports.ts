import type { Target } from '../../api/selection';
import { askStacks } from '../../api/selection';
import { ask } from '../../api/transport';
import { themeColors } from '../../flame/theme-colors';
import type { ThemeColors } from '../../profile/colors';
import type { Frames } from '../../profile/frames';
import type { ColorBy } from '../../url/explore-state';

/** What is exported: the tree as it is shown, transforms included. */
export interface ExportSubject {
  readonly target: Target;
  readonly frames: Frames;
  readonly unit: string;
  readonly colorBy: ColorBy;
  readonly theme: 'dark' | 'light';
  readonly direction: 'icicle' | 'flame';
  /** Node that fills the width. */
  readonly zoom: number;
}

export interface ExportFormat {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  /** With the dot. */
  readonly extension: string;
  make(subject: ExportSubject): Promise<Blob>;
}

/** Wide enough for a slide, at the density of today's screens. */
const PICTURE_WIDTH = 1600;
const PICTURE_SCALE = 2;

const blob = (text: string, type: string): Blob => new Blob([text], { type });
const titleOf = ({ target }: ExportSubject): string => `${target.type}${target.selector}`;

async function svg(subject: ExportSubject): Promise<string> {
  const { toSvg } = await import('../../profile/export/svg');
  return toSvg(subject.frames, { ...pictureOptions(subject), width: PICTURE_WIDTH });
}

function pictureOptions(subject: ExportSubject): { title: string; unit: string; colorBy: ColorBy; colors: ThemeColors } {
  const { unit, colorBy, theme } = subject;
  return { title: titleOf(subject), unit, colorBy, colors: themeColors(document.documentElement, theme) };
}

async function png({ frames, colorBy, theme, direction, zoom }: ExportSubject): Promise<Blob> {
  const { toPng } = await import('../../flame/export-png');
  return toPng(frames, document.documentElement, {
    zoom,
    colorBy,
    direction,
    theme,
    hits: null,
    width: PICTURE_WIDTH,
    ratio: PICTURE_SCALE,
  });
}

/** Writers come when they are asked for: nobody pays for them before. */
export const EXPORT_FORMATS: readonly ExportFormat[] = [
  { id: 'png', title: 'PNG', note: 'picture', extension: '.png', make: png },
  {
    id: 'svg',
    title: 'SVG',
    note: 'picture with tooltips',
    extension: '.svg',
    make: async (subject) => blob(await svg(subject), 'image/svg+xml'),
  },
  {
    id: 'pprof',
    title: 'pprof',
    note: 'whole, for go tool pprof',
    extension: '.pb.gz',
    make: async ({ target }) => {
      const { bytes } = await ask(askStacks('pprof', target, [], 'application/octet-stream'));
      return new Blob([bytes as BlobPart], { type: 'application/octet-stream' });
    },
  },
  {
    id: 'collapsed',
    title: 'Collapsed stacks',
    note: 'one line per stack',
    extension: '.txt',
    make: async ({ frames }) => blob((await import('../../profile/export/collapsed')).toCollapsed(frames), 'text/plain'),
  },
  {
    id: 'json',
    title: 'JSON',
    note: 'flamebearer',
    extension: '.json',
    make: async (subject) =>
      blob(
        (await import('../../profile/export/flamebearer')).toFlamebearer(subject.frames, {
          title: titleOf(subject),
          unit: subject.unit,
          sampleRate: 1e9,
        }),
        'application/json',
      ),
  },
  {
    id: 'speedscope',
    title: 'speedscope',
    note: 'for speedscope.app',
    extension: '.speedscope.json',
    make: async (subject) =>
      blob(
        (await import('../../profile/export/speedscope')).toSpeedscope(subject.frames, titleOf(subject), subject.unit),
        'application/json',
      ),
  },
  {
    id: 'html',
    title: 'Web page',
    note: 'works without a server',
    extension: '.html',
    make: async (subject) => blob((await import('../../profile/export/html')).toHtml(subject.frames, pictureOptions(subject)), 'text/html'),
  },
];
