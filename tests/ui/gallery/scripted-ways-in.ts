// What the local network reaches of an appliance, and how people and apps come in, as the pages are shown with it.
import type { Published } from '../../../shared/domain/published.ts'
import type { WayIn } from '../../../shared/domain/sign-in.ts'

const digits = Array.from({ length: 32 }, (_, at) => ((at * 37 + 11) % 256).toString(16).padStart(2, '0').toUpperCase())

export const reachedPlaces: readonly Published[] = [
  {
    deployment: 'way-in',
    at: { address: '10.78.0.11', port: 443, name: 'ai.hospital.example', guarded: true },
    sites: [
      { app: 'note-helper', at: '/', guarded: true },
      { app: 'chat', at: '/chat/' },
    ],
    authority: `-----BEGIN CERTIFICATE-----\n${'MIIBszCCAVmgAwIBAgIUGallery0000000000000000000000000000000000000'.repeat(3)}\n-----END CERTIFICATE-----\n`,
    fingerprint: digits.join(':'),
    validUntil: new Date(Date.now() + 700 * 86_400_000).toISOString(),
  },
]

export const waysIn: readonly WayIn[] = [
  { for: 'people', deployment: 'note-helper', hostPort: 8501, signIn: { by: 'nobody' } },
  {
    ...{ for: 'people', deployment: 'chat', hostPort: 8502 },
    signIn: { by: 'made', user: 'admin@appliance.internal', secret: 'administrator' },
  },
  { for: 'people', deployment: 'flows', hostPort: 8503, signIn: { by: 'first-visitor' } },
  {
    ...{ for: 'people', deployment: 'knowledge', hostPort: 8504 },
    signIn: { by: 'published', user: 'admin', password: 'MaxKB@123..' },
  },
  {
    ...{ for: 'people', deployment: 'knowledge-base', hostPort: 8505 },
    ...{ signIn: { by: 'published', user: 'admin', password: 'MaxKB@123..' }, isChanged: true },
  },
  {
    ...{ for: 'people', deployment: 'old-chat', hostPort: 8506 },
    ...{ signIn: { by: 'made', user: 'admin@appliance.internal', secret: 'administrator' }, isOlder: true },
  },
  {
    ...{ for: 'people', deployment: 'way-in', hostPort: 8499 },
    signIn: { by: 'made', user: 'hospital', secret: 'people' },
  },
  {
    ...{ for: 'app', deployment: 'models', consumer: 'knowledge', secret: 'for-knowledge' },
    ...{ baseUrl: 'http://models:8080/v1', models: ['deepseek-32b', 'qwen3-embedding'] },
  },
]
