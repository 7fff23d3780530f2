/**
 * Calls `stop` once when the launcher that started this process is gone, even by kill -9:
 * the IPC channel between the two closes. Does nothing when there is no launcher.
 * For commands that handle SIGINT themselves: also tells the launcher of each SIGINT seen here, so that one the terminal sent to both is not passed on twice.
 */
export function onParentGone(stop: () => void): void {
  if (process.send === undefined) return;
  process.once('disconnect', stop);
  process.on('SIGINT', () => {
    // The channel may close at any moment; whether the launcher heard it is of no consequence then.
    if (process.connected) process.send?.('interrupted', undefined, {}, () => undefined);
  });
  // The watch alone must not keep a finished process alive.
  process.channel?.unref();
}
