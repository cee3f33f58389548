/** Role and scope as a form has them: a role, and lines such as "region_id=R1,R2". */
import { z } from 'zod';
import { role, SCOPE_DIMENSIONS, scopeDimension, type Scopes } from '../../../../contracts/claims.ts';

const line = z.string().transform((text, context) => {
	const [name = '', list = ''] = text.split('=', 2);
	const dimension = scopeDimension.safeParse(name.trim());
	const ids = list
		.split(/[,，]/)
		.map((id) => id.trim())
		.filter(Boolean);
	if (dimension.success && ids.length > 0) return { dimension: dimension.data, ids };
	context.addIssue({
		code: 'custom',
		message: `"${text}" is no scope such as "region_id=R1,R2"; dimensions are ${SCOPE_DIMENSIONS.join(', ')}.`
	});
	return z.NEVER;
});

/** Fields of a form; lines of one dimension are one scope. */
export const sightFields = {
	role,
	scopes: z
		.string()
		.max(50_000)
		.transform((text) =>
			text
				.split(/\r?\n/)
				.map((one) => one.trim())
				.filter(Boolean)
		)
		.pipe(z.array(line))
};

export const scopeLines = (scopes: Scopes): string => scopes.map(({ dimension, ids }) => `${dimension}=${ids.join(',')}`).join('\n');
