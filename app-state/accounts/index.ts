export { AccountError, type AccountFault } from './refusal.ts';
export {
	addUser,
	changeSight,
	claimsOfUser,
	countUsers,
	findUsers,
	getUser,
	listUsers,
	setDisabled,
	type FoundUsers,
	type NewUser,
	type User,
	type UserFilter
} from './users.ts';
export { changePassword, issueCode, signInWithPassword, useCode, type SignIn, type Stranger } from './sign-in.ts';
export {
	endAllSessions,
	endSession,
	endSessionOf,
	listSessions,
	readSession,
	startSession,
	type Session,
	type SessionLimits,
	type SessionSummary
} from './sessions.ts';
export { forgive, takeAttempt } from './throttle.ts';
export {
	createToken,
	listTokens,
	PERMISSIONS,
	readToken,
	revokeToken,
	tokenInput,
	type Permission,
	type TokenInput,
	type TokenSummary
} from './tokens.ts';
export { beginFlow, externalUser, sightOfGroups, takeFlow, type ExternalPerson, type OidcFlow } from './external.ts';
