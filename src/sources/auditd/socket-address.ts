/** An address a program spoke to. */
export interface SocketAddress {
  ip: string;
  port: number;
}

/** The internet address of a SOCKADDR record: by name when enriched, else out of `saddr`'s bytes; undefined for other families. */
export function socketAddress(fields: Record<string, string>): SocketAddress | undefined {
  const { laddr, lport, saddr = '' } = fields;
  if (laddr !== undefined) return { ip: laddr, port: Number(lport) || 0 };
  if (!/^(?:02|0A)00[0-9A-F]{12,64}$/i.test(saddr)) return undefined;
  const bytes = Buffer.from(saddr, 'hex');
  const port = bytes.readUInt16BE(2);
  // struct sockaddr_in has its address at 4, sockaddr_in6 at 8.
  if (bytes[0] === 2) return { ip: [...bytes.subarray(4, 8)].join('.'), port };
  if (bytes.length < 24) return undefined;
  const groups = Array.from({ length: 8 }, (_, k) => bytes.readUInt16BE(8 + 2 * k).toString(16));
  return { ip: groups.join(':'), port };
}
