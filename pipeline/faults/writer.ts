/** Saves views one after the other and says each name once it is kept; killed by the harness somewhere in between. */
import { openAppState, saveView } from '../../app-state/index.ts';
import { WRITER_SECRET } from './writer-secret.ts';

const state = openAppState(process.env['ONELANE_HOME'] ?? '', { secret: WRITER_SECRET });
for (let index = 0; index < 40; index++) {
	const { name } = await saveView(state, { sub: 'writer' }, { name: `view ${index}`, page: '/funnel', search: '', shared: false });
	process.stdout.write(`kept ${name}\n`);
}
await state.close();
