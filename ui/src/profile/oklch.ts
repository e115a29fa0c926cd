/** A colour as red, green and blue, each 0 to 1, gamma-encoded (sRGB). */
export type Rgb = readonly [number, number, number];

type Lab = readonly [number, number, number];

/** OKLCH (lightness 0–1, chroma, hue in degrees) as sRGB; what is outside its gamut loses chroma, not lightness. */
export function oklch(lightness: number, chroma: number, hue: number): Rgb {
  const angle = (hue * Math.PI) / 180;
  for (let c = chroma; ; c = Math.max(0, c - 0.005)) {
    const linear = labToLinear([lightness, c * Math.cos(angle), c * Math.sin(angle)]);
    if (c === 0 || linear.every((channel) => channel >= -1e-4 && channel <= 1.0001)) return encode(linear);
  }
}

/** The colour `t` of the way from one to another, straight through OKLab, so that steps look equal. */
export function mixOklab(from: Rgb, to: Rgb, t: number): Rgb {
  const a = linearToLab(decode(from));
  const b = linearToLab(decode(to));
  return encode(labToLinear([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t]));
}

/** WCAG contrast of two opaque colours, 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const a = luminance(one);
  const b = luminance(other);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

export function toHex(rgb: Rgb): string {
  return `#${rgb
    .map((channel) =>
      Math.round(channel * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

/** Reads `#rgb` and `#rrggbb`. */
export function fromHex(hex: string): Rgb {
  const digits = hex.length === 4 ? hex.replace(/[\da-f]/gi, '$&$&') : hex;
  if (!/^#[\da-f]{6}$/i.test(digits)) throw new Error(`"${hex}" is no colour of the form #rrggbb.`);
  const value = parseInt(digits.slice(1), 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

function luminance(rgb: Rgb): number {
  const [r, g, b] = decode(rgb);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function decode([r, g, b]: Rgb): Rgb {
  const one = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return [one(r), one(g), one(b)];
}

function encode([r, g, b]: Rgb): Rgb {
  const one = (c: number) => {
    const clamped = Math.min(1, Math.max(0, c));
    return clamped <= 0.0031308 ? clamped * 12.92 : 1.055 * clamped ** (1 / 2.4) - 0.055;
  };
  return [one(r), one(g), one(b)];
}

function labToLinear([lightness, a, b]: Lab): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function linearToLab([r, g, b]: Rgb): Lab {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
