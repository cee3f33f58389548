/** For `hooks.ts`: how pictures travel to the browser. */
import type { Transport } from '@sveltejs/kit/hooks';
import { Picture, type PictureState } from './picture.ts';

export const transport: Transport = {
	Picture: {
		encode: (value: unknown) => value instanceof Picture && value.encode(),
		decode: (state: PictureState) => Picture.decode(state)
	}
};
