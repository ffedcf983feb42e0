// Three presses are counted, each once; then the driver goes.
expect(cat('button0/presses'), '0\n')
act('button0', 'press')
expect(cat('button0/presses'), '1\n')
act('button0', 'press')
act('button0', 'press')
expect(cat('button0/presses'), '3\n')
rmmod('button')
