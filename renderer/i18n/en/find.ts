// Labels of the search, in English. Loaded with it.
export const find = {
  placeholder: 'Name of an appliance, page, model, run, alert …',
  hint: 'Type parts of a name in any order: “ward-3 logs”, a model, what a run did, what an alert says.',
  nothing: 'Nothing has this name',
  nothingLead:
    'Searched: appliances and their tabs, pages, deployments seen in this window, active alerts, the runs of this console, the catalog, commands.',
  asking: 'Still asking: {{what}}',
  notAsked: 'Could not be asked: {{what}}',
  recent: 'Recent',
  kind: {
    appliance: 'Appliances',
    page: 'Pages',
    tab: 'Tabs of appliances',
    deployment: 'Deployments',
    alert: 'Alerts',
    run: 'Runs',
    solution: 'Solutions',
    entry: 'Catalog',
    command: 'Commands',
  },
  more: '{{count}} more',
  count_one: '{{count}} result',
  count_other: '{{count}} results',
  gone: 'It is not there any more',
} as const
