import { YaguraError } from '../domain/error.ts';
import { ForgeError } from '../ports/forge.ts';

/** Whether an error is the forge's, about what was asked of it: in one room it says nothing of the others. */
export function isRoomTrouble(error: unknown): error is ForgeError | YaguraError {
  return error instanceof ForgeError || (error instanceof YaguraError && error.code === 'forge');
}
