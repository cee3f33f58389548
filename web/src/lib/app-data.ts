/** What the frame of the signed-in pages gives each of them. */
import type { LayoutData } from '../routes/(app)/$types';

export type AppData = LayoutData;
