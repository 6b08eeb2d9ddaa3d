// English: what the doctor says about the container engine and the vendors' runtimes.
import type { DoctorTexts } from '../doctor-words.ts'

export const containers = {
  'engine-missing': {
    title: 'Docker is not installed',
    cause: 'Neither docker nor podman was found.',
    fix: 'Install Docker Engine 20.10 or newer from your distribution or from Docker’s packages, then “systemctl enable --now docker”.',
  },
  'podman-only': {
    title: 'There is Podman, but no Docker',
    cause: 'Rackside works with Docker; Podman’s stand-in for the docker command is not enough.',
    fix: 'Install Docker Engine. It can be used beside Podman; only the package podman-docker has to go.',
  },
  'engine-down': {
    title: 'Docker is installed, but it does not answer',
    cause: 'Its service is stopped or fails to start.',
    fix: '“systemctl start docker”; where it fails, “journalctl -u docker -n 50” says why: often a wrong /etc/docker/daemon.json or a full disk.',
  },
  'engine-hung': {
    title: 'Docker hangs',
    cause: 'Its service runs and does not answer: an overloaded or failing disk, or a container that cannot be ended.',
    fix: 'Look at the disk’s load and the kernel’s log, then “systemctl restart docker”.',
  },
  'engine-permission': {
    title: 'The login may not talk to Docker',
    cause: 'It has no root rights, and is not in the group docker.',
    fix: 'Give the login root rights by sudo, or add it to the group docker (which is as much as root), and log in anew.',
  },
  'engine-old': {
    title: 'Docker is too old',
    cause: 'Before 20.10 today’s container toolkits and images do not work reliably.',
    fix: 'Update Docker in a maintenance window; containers stop for a moment.',
  },
  'engine-not-at-boot': {
    title: 'Docker does not start with the server',
    cause: 'Its service runs, but is not enabled: after a restart nothing is in service.',
    fix: '“systemctl enable docker”.',
  },
  'engine-rootless': {
    title: 'Docker runs without root rights',
    cause: 'Rootless Docker cannot hand accelerators and low ports to containers as usual.',
    fix: 'Use the system’s Docker (“systemctl enable --now docker”, “docker context use default”).',
  },
  'engine-from-snap': {
    title: 'Docker was installed as a snap',
    cause: 'The snap is shut off from the host’s driver libraries, so containers do not get the accelerators.',
    fix: '“snap remove docker”, then install Docker Engine from the distribution’s or Docker’s packages.',
  },
  'storage-driver-slow': {
    title: 'Docker uses a storage driver that wastes space or time',
    cause: 'vfs copies every layer in full; devicemapper is out of support.',
    fix: 'Change to overlay2 in /etc/docker/daemon.json. Images have to be loaded again.',
  },
  'nvidia-toolkit-missing': {
    title: 'NVIDIA’s container toolkit is not installed',
    cause: 'Without it no container gets a GPU (“could not select device driver "" with capabilities: [[gpu]]”).',
    fix: 'Install nvidia-container-toolkit, then “nvidia-ctk runtime configure --runtime=docker” and restart Docker.',
  },
  'nvidia-runtime-missing': {
    title: 'Docker does not know the runtime “nvidia”',
    cause:
      'The toolkit is installed, but not entered in /etc/docker/daemon.json: what asks for the runtime by name fails.',
    fix: '“nvidia-ctk runtime configure --runtime=docker”, then “systemctl restart docker”.',
  },
  'gpus-vanish-on-reload': {
    title: 'Running containers can lose their GPUs',
    cause:
      'With systemd as cgroup driver, “systemctl daemon-reload” (every package update does it) takes the GPUs from containers that got them without CDI: “Failed to initialize NVML: Unknown Error”.',
    fix: 'Use CDI: “nvidia-ctk cdi generate --output=/etc/cdi/nvidia.yaml” and Docker 28.2 or newer (25 or newer with its feature “cdi”), or set "exec-opts": ["native.cgroupdriver=cgroupfs"]. Containers that lost them have to be started anew.',
  },
  'cdi-not-generated': {
    title: 'Docker could use CDI, but there is no description of the NVIDIA GPUs',
    cause: '“--device nvidia.com/gpu=all” fails with “unresolvable CDI devices”.',
    fix: '“nvidia-ctk cdi generate --output=/etc/cdi/nvidia.yaml”, and again after every driver update.',
  },
  'cdi-not-read': {
    title: 'The GPUs are described for CDI, but Docker does not read it',
    cause: 'Before version 28.2 Docker reads CDI only when its feature is on; before 25 not at all.',
    fix: 'Set "features": {"cdi": true} in /etc/docker/daemon.json and restart Docker, or update it.',
  },
  'ascend-runtime-missing': {
    title: 'The Ascend Docker Runtime is not installed',
    cause: 'Rackside gives containers their NPUs one by one and does not need it; other software may.',
    fix: 'Where other software asks for “--runtime=ascend”, install the Ascend Docker Runtime from MindCluster.',
  },
  'ascend-runtime-unregistered': {
    title: 'The Ascend Docker Runtime is installed, but Docker does not know it',
    cause: 'It is not entered in /etc/docker/daemon.json, or Docker was not restarted afterwards.',
    fix: 'Run its installer again with “--install”, then “systemctl restart docker”.',
  },
  'container-stopped': {
    title: 'A service of Rackside is stopped',
    cause:
      'Its container is there and does not run: somebody stopped it, or its program ended and was not started again.',
    fix: '“rackside logs APPLIANCE SERVICE”, or Logs on its page, says how it ended. The same setup again with Rackside starts and proves it.',
  },
  'container-ill': {
    title: 'A container of Rackside restarts again and again or is not healthy',
    cause: 'Its program ends or does not answer its health check.',
    fix: '“rackside logs APPLIANCE SERVICE”, or Logs on its page, says why. Setting it up again with Rackside puts it right where its files were changed.',
  },
  'container-waits': {
    title: 'A service waits for another one',
    cause: 'Nothing is wrong with it: the service that it asks (after the arrow) is not there or not well.',
    fix: 'Put right the other one. This one goes on by itself then.',
  },
  'version-taken-back': {
    title: 'A version runs that its publisher has taken back',
    cause:
      'The publisher found something wrong with it after it was installed, and says so in a bundle that was opened here.',
    fix: 'It goes on running. Ask the publisher for a bundle with another version and set that up; a kept version that was not taken back can be gone back to.',
  },
  'sign-in-published': {
    title: 'An app is open to everybody who knows the password that its maker publishes',
    cause:
      'Its first administrator was made with that password, and nobody has said yet that it was changed. The app itself does not tell.',
    fix: 'Sign in as that administrator, change the password in the pages of the app, then say so: “rackside sign-ins APPLIANCE --changed SERVICE”, or in Access.',
  },
  'parts-held': {
    title: 'Parts of a service wait for it in a new version',
    cause:
      'A run stopped after it had replaced them and before their service took its place. They answer, and do not start with the server; the version before lies aside.',
    fix: 'Set the service up again: that goes on where it stopped. If a run is going on now, wait for its end.',
  },
  'certificate-ends-now': {
    title: 'The certificate of a way in ends within a week, or has ended',
    cause: 'Browsers refuse the apps behind it from then on. Nobody renews it by itself.',
    fix: 'Made by the appliance: “rackside certificate APPLIANCE --renew”, or Access on its page; what computers trust stays. Your own (site): have a new one made, and put it in place with “rackside certificate APPLIANCE --certificate FILE --key FILE”.',
  },
  'certificate-ends': {
    title: 'The certificate of a way in ends within a month',
    cause: 'Browsers refuse the apps behind it from then on. Nobody renews it by itself.',
    fix: 'Made by the appliance: “rackside certificate APPLIANCE --renew”, or Access on its page; what computers trust stays. Your own (site): have a new one made, and put it in place with “rackside certificate APPLIANCE --certificate FILE --key FILE”.',
  },
  'container-lost-devices': {
    title: 'A running container has lost its accelerators',
    cause:
      'It was given accelerators and sees none of them, while the server has them. With systemd as cgroup driver, “systemctl daemon-reload” (every package update does it) takes the rights to NVIDIA GPUs from running containers whose engine was not told of them: an older runc or container toolkit, no CDI.',
    fix: 'Start the container anew (“docker restart”). So that it stays: give GPUs by CDI; or “nvidia-ctk system create-dev-char-symlinks --create-all”, again at every start of the server; or "exec-opts": ["native.cgroupdriver=cgroupfs"] in /etc/docker/daemon.json. Where nodes are missing, find out what removed them inside.',
  },
  'container-fewer-devices': {
    title: 'A running container sees fewer accelerators than it was given',
    cause:
      'Some of its devices went away or came back after it was started: a card was lost or reset, a driver was loaded anew, or a node was removed inside the container.',
    fix: 'Check that the server itself still has all accelerators, then start the container anew (“docker restart”). That brings back nodes that were removed inside, too.',
  },
} as const satisfies Partial<DoctorTexts>
