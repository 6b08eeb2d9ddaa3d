// Stands for gRPC in the bundle (build.mjs): only BuildKit sessions of dockerode would ask it for anything.
module.exports = {}
