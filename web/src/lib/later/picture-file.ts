/** The picture on the screen as a file: colours and font written out, so that it looks the same anywhere. */

const SCALE = 2;

export async function savePicture(figure: HTMLElement, label: string, format: 'png' | 'svg'): Promise<void> {
	const shown = [...figure.querySelectorAll<SVGSVGElement>('.picture > svg')].find((svg) => getComputedStyle(svg).display !== 'none');
	if (!shown) return;
	const text = standalone(shown);
	const name =
		label
			.replace(/[\\/:*?"<>|\s]+/g, ' ')
			.trim()
			.slice(0, 80) || 'onelane';
	if (format === 'svg') offer(new Blob([text], { type: 'image/svg+xml' }), `${name}.svg`);
	else offer(await rendered(text, shown.viewBox.baseVal), `${name}.png`);
}

/** The picture with each custom property replaced by its value here, on the ground that it stands on. */
function standalone(shown: SVGSVGElement): string {
	const copy = shown.cloneNode(true) as SVGSVGElement;
	const { width, height } = shown.viewBox.baseVal;
	const style = getComputedStyle(shown);
	copy.removeAttribute('class');
	copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
	copy.setAttribute('width', String(width));
	copy.setAttribute('height', String(height));
	copy.setAttribute('font-family', style.fontFamily);
	const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
	for (const [key, value] of Object.entries({ width: '100%', height: '100%', fill: 'var(--surface)' })) ground.setAttribute(key, value);
	copy.prepend(ground);
	const probe = document.createElement('i');
	shown.parentElement?.append(probe);
	const known = new Map<string, string>();
	const colour = (property: string) => {
		let value = known.get(property);
		if (value === undefined) {
			probe.style.color = `var(${property})`;
			value = getComputedStyle(probe).color;
			known.set(property, value);
		}
		return value;
	};
	const text = new XMLSerializer().serializeToString(copy).replace(/var\((--[\w-]+)\)/g, (_, property: string) => colour(property));
	probe.remove();
	return text;
}

async function rendered(svg: string, { width, height }: { width: number; height: number }): Promise<Blob> {
	const image = new Image();
	// An address of data: the page's policy lets no other picture in.
	image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
	await image.decode();
	const canvas = document.createElement('canvas');
	canvas.width = width * SCALE;
	canvas.height = height * SCALE;
	canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
	return new Promise((done, fail) =>
		canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('The picture could not be drawn.'))), 'image/png')
	);
}

function offer(blob: Blob, name: string): void {
	const link = document.createElement('a');
	link.href = URL.createObjectURL(blob);
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
