import { z } from 'zod';

/*
 * The windows' content-security policy has no `unsafe-eval`. Zod would try to compile its objects and have the attempt
 * reported as a violation, although it falls back by itself. Imported first, before any schema exists.
 */
z.config({ jitless: true });
