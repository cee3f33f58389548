/** Something that the palette found. */
export interface Found {
	kind: 'region' | 'store' | 'advisor' | 'inviter' | 'channel' | 'metric';
	/** Id of the member, or of the metric's proof. */
	id: string;
	name: string;
	/** Where it belongs. */
	note?: string;
}
