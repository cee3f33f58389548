/** What the frame of the signed-in pages gives each of them. */
import type { LayoutData as AccountLayoutData } from '../routes/(account)/$types';
import type { LayoutData } from '../routes/(app)/$types';
import type { AccountMessages } from './messages/accounts/index.ts';

export type AppData = LayoutData;

/** A page of accounts has its own words beside the frame's. */
export type AccountData = AccountLayoutData & { a: AccountMessages };
