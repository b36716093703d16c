import { PROBLEMS, type Problem, type ProblemCode } from '../../src/contract/index.ts';

/** What can go wrong before a problem document arrives: nobody answered, or something that is not of the contract did. */
export type TransportCode = 'unreachable' | 'timeout' | 'unexpected-answer';

/** Every code that a failed call can have. */
export type ApiErrorCode = ProblemCode | TransportCode;

/** One invalid field: a path like `rules.0.from` and what is wrong with it. */
export type FieldProblem = { readonly path: string; readonly message: string };

/** A call that failed, as a value to choose words by: `code` is stable, `message` is the server's sentence for people. */
export class ApiError extends Error {
  readonly code: ApiErrorCode;
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number;
  readonly fields: readonly FieldProblem[];
  /** Who answers instead, when the person asked for was linked into another. */
  readonly mergedInto: string | null;

  constructor(
    code: ApiErrorCode,
    message: string,
    details: { status?: number; fields?: readonly FieldProblem[]; mergedInto?: string | null; cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'ApiError';
    this.code = code;
    this.status = details.status ?? 0;
    this.fields = details.fields ?? [];
    this.mergedInto = details.mergedInto ?? null;
  }
}

const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(PROBLEMS, code);

/** A problem document as an error. A code of a newer server is `internal`, with that server's own sentence. */
export const errorOfProblem = (problem: Problem): ApiError =>
  new ApiError(isProblemCode(problem.code) ? problem.code : 'internal', problem.detail, {
    status: problem.status,
    fields: problem.errors ?? [],
    mergedInto: problem.mergedInto ?? null,
  });
