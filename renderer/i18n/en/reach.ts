// Labels of the way from a computer to a service on an appliance, in English.
export const reach = {
  title: 'How to use it',
  lead: 'Services answer on the appliance itself and nowhere else. On the computer where one is to be used: run its line in a terminal, leave that open, then use the address.',
  demo: 'These are the addresses on the appliance. Of a demo appliance they are simulated, and only this console reaches them.',
  serves: {
    'openai-chat': 'OpenAI-compatible interface',
    'openai-gateway': 'OpenAI-compatible gateway, with a key',
    'openai-embeddings': 'OpenAI-compatible interface for embeddings',
    rerank: 'interface for reranking',
    page: 'page for a browser',
    api: 'interface for programs',
    ingress: 'way in for the local network',
  },
  copy: 'Copy the line',
} as const
