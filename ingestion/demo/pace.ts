/** How soon a store answers, and what waiting does to a person's interest. Two of the stories are told here. */
import { dayOf, type Instant } from './clock.ts';
import { areaOf, type Store } from './org.ts';
import type { Random } from './random.ts';
import type { Simulation } from './simulation.ts';
import type { Staff } from './staff.ts';

const NEVER = 0.02;
const NEVER_IN_SLUMP = 0.06;
const NEVER_OVERDUE = 0.03;

/** Factor on being reached and invited, by the hours that passed before the first attempt. */
export function warmth(hours: number): number {
	if (hours <= 2) return 1.08;
	if (hours <= 12) return 1;
	if (hours <= 24) return 0.86;
	return hours <= 60 ? 0.55 : 0.36;
}

/** The store belongs to the story's region, and the slump has begun. */
export function isSlumping({ stories, flat }: Simulation, store: Store, when: Instant): boolean {
	return !flat && when >= stories.slump.since && areaOf(store, dayOf(when)).startsWith(`${stories.slump.region_id}-`);
}

/** Hours that the owner lets pass before the first attempt; undefined: never tries. */
export function firstDelay(
	simulation: Simulation,
	store: Store,
	owner: Staff,
	urgent: boolean,
	when: Instant,
	random: Random
): number | undefined {
	const { overdue } = simulation.stories;
	const slow = isSlumping(simulation, store, when);
	const ours = !simulation.flat && owner === overdue.staff;
	const never = ours ? NEVER_OVERDUE : slow ? NEVER_IN_SLUMP : NEVER;
	const late = ours ? overdue.share - never : slow ? 0.4 : urgent ? 0.03 : 0.055 * owner.pace;
	const draw = random.next();
	if (draw < late) return random.between(27, slow ? 100 : 80);
	if (draw < late + never) return undefined;
	return Math.min(slow ? 15 : 9, random.exponential(urgent ? 0.5 : slow ? 7 : 2.1 * owner.pace));
}
