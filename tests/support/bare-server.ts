// A server as a hospital unpacks it: no container engine, and nothing of one.
import { baseRecipe } from '../../scripts/lab/base/recipe.ts'
import { inside, type LabAppliance } from './lab.ts'

export async function withoutEngine(appliance: LabAppliance): Promise<void> {
  const script = `export DEBIAN_FRONTEND=noninteractive
systemctl stop docker.socket docker.service containerd.service
dpkg --purge ${baseRecipe.enginePackages.join(' ')} && find /var/lib/docker /var/lib/containerd -mindepth 1 -delete
command -v docker dockerd containerd runc || echo bare`
  const said = await inside(appliance, 'sh', '-c', script)
  if (!said.trimEnd().endsWith('bare')) throw new Error(`the engine is still there: ${said}`)
}
