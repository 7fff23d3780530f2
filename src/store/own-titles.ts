/** The titles by language of an incident, by the table's name in the query; null where its product gave it its title. */
export const ownTitles = (incident: string): string =>
  `(select a.titles from alert a where a.incident_id = ${incident}.id and a.title = ${incident}.title
     and a.titles is not null limit 1)`;
