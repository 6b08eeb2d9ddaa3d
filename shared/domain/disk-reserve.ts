// What must stay free on an appliance's disks beside what is written on purpose: journals, logs, the engine's own records.
export const reserveBytes = 256 * 1024 * 1024
