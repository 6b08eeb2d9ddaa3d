// The model of the lab's solution in another container: with devices that it was not planned with, or another command. What a
// person may do by hand, and what a proof has to see.
import { expect } from 'vitest'
import { inside, insideWith, type LabAppliance } from './lab.ts'

const model = 'rackside-clinic-model'

/** The same container again, with further words of `docker run` and of its command. */
const plant = `
import json, subprocess, sys
given, asked = json.loads(sys.argv[1])
one = json.loads(subprocess.check_output(['docker', 'inspect', '${model}']))[0]
host, made = one['HostConfig'], one['Config']
words = ['docker', 'run', '--detach', '--pull', 'never', '--name', '${model}', '--network', host['NetworkMode']]
for port, places in host['PortBindings'].items():
    words += ['--publish', places[0]['HostIp'] + ':' + places[0]['HostPort'] + ':' + port]
for mount in host['Mounts']:
    words += ['--mount', 'type=bind,source=' + mount['Source'] + ',target=' + mount['Target'] + ',readonly']
for name, value in made['Labels'].items(): words += ['--label', name + '=' + value]
subprocess.check_call(['docker', 'rm', '--force', '${model}'])
command = [word for word in made['Cmd'] if word not in ('--n-gpu-layers', '99')]
subprocess.check_call(words + given + [one['Image']] + command + asked)
`

/** `given`: further words of `docker run`; `asked`: of its command. Back once it answers. */
export async function plantModel(
  appliance: LabAppliance,
  given: readonly string[],
  asked: readonly string[],
): Promise<void> {
  await insideWith(appliance, plant, 'python3', '-', JSON.stringify([given, asked]))
  const answers = () => inside(appliance, 'sh', '-c', 'curl --silent --fail http://127.0.0.1:8400/health || echo no')
  await expect.poll(answers, { timeout: 60_000, interval: 1000 }).toContain('ok')
}
