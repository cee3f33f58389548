/** What stands behind a figure, as the proof panel shows it. */
import type { Unit } from '../../../contracts/semantic.ts';

export interface ProofMetric {
	/** `<view>.<member>` */
	member: string;
	title: string;
	description: string;
	formula: string;
	unit: Unit;
}

export interface ProofTable {
	name: string;
	description: string;
	owner: string | null;
	rows: number | null;
	tests: { passed: number; failed: number };
}

export interface Proof {
	metrics: ProofMetric[];
	/** Statement as the engine ran it, and its parameters in order. */
	sql: string;
	parameters: string[];
	/** Rollups that answered; empty where the tables themselves did. */
	rollups: string[];
	/** Rows of the table that answered; null where nobody counted. */
	rows: number | null;
	period: [from: string, to: string] | null;
	conditions: string[];
	marts: ProofTable[];
	/** Sources that the marts stand on, by name of the system. */
	sources: { name: string; loadedAt: string | null; dataUntil: string | null }[];
	policy: { role: string; scopes: string[]; people: boolean };
	version: string;
	timezone: string;
}

/** Id of a proof: `<page>.<question>`, and the measure that it is about, if it is about one. */
export interface ProofId {
	page: string;
	question: string;
	focus: string | null;
}

const ID = /^([a-z]+)\.([A-Za-z]+)(?::([a-z][a-z0-9_]*\.[a-z][a-z0-9_]*))?$/;

/** Null for anything that is no id. */
export function readProofId(text: string): ProofId | null {
	const found = ID.exec(text);
	return found ? { page: found[1] ?? '', question: found[2] ?? '', focus: found[3] ?? null } : null;
}
