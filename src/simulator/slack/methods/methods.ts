import { appMethods } from './app-methods.ts';
import { authMethods } from './auth-methods.ts';
import { dndMethods } from './dnd-methods.ts';
import { emojiMethods } from './emoji-methods.ts';
import type { SlackMethod } from './method.ts';
import { presenceMethods } from './presence-methods.ts';
import { profileMethods } from './profile-methods.ts';
import { userMethods } from './user-methods.ts';

/** Every Web API method that the simulator has; any other is `unknown_method`. */
export const METHODS: ReadonlyMap<string, SlackMethod> = new Map(
  Object.entries({
    ...appMethods,
    ...authMethods,
    ...userMethods,
    ...presenceMethods,
    ...profileMethods,
    ...dndMethods,
    ...emojiMethods,
  }),
);
