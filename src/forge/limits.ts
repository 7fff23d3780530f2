/** GitHub's limits as numbers. `Infinity` turns one off. */
export interface Limits {
  /** Content-creating requests a minute. docs.github.com, "Rate limits for the REST API", secondary limits. */
  creationsPerMinute: number;
  /** Content-creating requests an hour. Same page. */
  creationsPerHour: number;
  /** Requests an hour of one installation or user. Same page, primary limits. */
  requestsPerHour: number;
  /** Points a minute: a read costs 1, a write 5. Same page, "Calculating points". */
  pointsPerMinute: number;
  /** Characters of an issue's or comment's body; the error text of the API says 65,536. */
  bodyCharacters: number;
  /** Bytes of a body: the column holds 262,144 (objectstack-ai/objectstack#18793). */
  bodyBytes: number;
  /** Characters of a title; the error text of the API says 256. */
  titleCharacters: number;
  /** Labels an issue (actions/labeler#115). */
  labelsPerIssue: number;
  /** Characters of a label's name (github/docs#32156). */
  labelNameCharacters: number;
  /** Characters of a label's description (docs.github.com, "Create a label"). */
  labelDescriptionCharacters: number;
  /** Assignees an issue (OpenAPI description of "Add assignees to an issue"). */
  assigneesPerIssue: number;
  /** Comments an issue, for ever (openshift/release#20821). */
  commentsPerIssue: number;
  /** Annotations a request (docs.github.com, "Update a check run"). */
  annotationsPerRequest: number;
  /** Characters of a check run's summary and of its text (same page). */
  checkOutputCharacters: number;
}

const GITHUB_LIMITS: Limits = {
  creationsPerMinute: 80,
  creationsPerHour: 500,
  requestsPerHour: 5_000,
  pointsPerMinute: 900,
  bodyCharacters: 65_536,
  bodyBytes: 262_144,
  titleCharacters: 256,
  labelsPerIssue: 100,
  labelNameCharacters: 50,
  labelDescriptionCharacters: 100,
  assigneesPerIssue: 10,
  commentsPerIssue: 2_500,
  annotationsPerRequest: 50,
  checkOutputCharacters: 65_535,
};

/** The limits in force: GitHub's, none, or GitHub's with some changed. */
export function limitsOf(option: boolean | Partial<Limits> | undefined): Limits {
  if (option === false) return noLimits();
  return option === undefined || option === true ? GITHUB_LIMITS : { ...GITHUB_LIMITS, ...option };
}

function noLimits(): Limits {
  const none = { ...GITHUB_LIMITS };
  for (const key of Object.keys(none) as (keyof Limits)[]) none[key] = Number.POSITIVE_INFINITY;
  return none;
}
