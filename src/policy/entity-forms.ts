import type { EntityType } from '../domain/entity.ts';

/** What a person should have written, for each entity type. */
export const entityForms: Record<EntityType, string> = {
  ip: 'an address such as 203.0.113.7',
  domain: 'a domain such as shop.example.com',
  url: 'a URL such as https://shop.example.com/login',
  file_hash: 'an MD5, SHA-1, SHA-256 or SHA-512 in hex',
  process: 'a process name or path',
  host: 'a host name such as web-01',
  container: 'a container name or id',
  cloud_resource: "a cloud resource's id or ARN",
  user: 'a user name',
  email: 'an address such as hana@example.com',
};
