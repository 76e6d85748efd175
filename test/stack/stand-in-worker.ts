// Stands in for the worker in the tests of `npm start`: says that it is ready, and works until it is stopped.
console.log('starting up');
console.log(`worker ready ${process.env.TEMPORAL_ADDRESS}`);
const work = setInterval(() => {}, 1000);
process.on('SIGTERM', () => {
  console.log('worker stops');
  clearInterval(work);
});
