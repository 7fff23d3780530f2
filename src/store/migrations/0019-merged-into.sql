-- What was merged into an incident, which each step and each look at its issue ask for, in however long a history.
create index incident_merged_into on incident (merged_into) where merged_into is not null;
