/**
 * How wide a text is, for the drawing library. A server knows no fonts, and what it drew must not be cut when a browser draws it again: the texts
 * of a picture are estimated on both sides. A tooltip, which only a browser draws, is measured as it is shown.
 */
import { FONT_SIZE, textWidth } from './drawing.ts';

/** The family of a picture's texts is the page's; the library gives tooltips one of its own. */
const PICTURES = /\binherit$/;

let canvas: CanvasRenderingContext2D | null = null;

/** `font` as CSS writes it, such as "600 12px inherit". */
export function measure(text: string, font = ''): { width: number } {
	if (typeof document === 'undefined' || PICTURES.test(font)) {
		const [, size] = /([\d.]+)px/.exec(font) ?? [];
		return { width: textWidth(text, Number(size ?? FONT_SIZE)) };
	}
	canvas ??= document.createElement('canvas').getContext('2d');
	if (!canvas) return { width: textWidth(text) };
	canvas.font = font.replace(/px .*/, `px ${getComputedStyle(document.body).fontFamily}`);
	return { width: canvas.measureText(text).width };
}
