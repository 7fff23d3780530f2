import type { PlaybookStep, PolicyProblem } from '../domain/policy.ts';
import { notAllowed } from './problems.ts';
import type { KnownPlugins } from './response-rules.ts';
import type { LineOf } from './yaml-lines.ts';

/** Steps of a playbook that name a tool that does not exist, or run one for what it is not made for. */
export function stepProblems(
  steps: readonly Pick<PlaybookStep, 'tool' | 'each'>[],
  path: string,
  lineOf: LineOf,
  known: KnownPlugins,
): PolicyProblem[] {
  return steps.flatMap(({ tool, each }, i): PolicyProblem[] => {
    if (!known.tools.includes(tool)) {
      return [{ path, line: lineOf(['steps', i, 'tool']), message: notAllowed('Tool ', tool, known.tools) }];
    }
    const wanted = known.each?.get(tool);
    if (wanted === undefined || wanted === (Array.isArray(each) ? 'entity' : each)) return [];
    const written = wanted === 'entity' ? 'each: [ip, host] or other entity types' : `each: ${wanted}`;
    return [
      { path, line: lineOf(['steps', i, 'each']), message: `Tool ${tool} is run for ${wanted}: write ${written}.` },
    ];
  });
}
