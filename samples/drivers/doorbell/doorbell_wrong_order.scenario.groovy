// Everybody at once: two rings, two readers, somebody who resets, and one bell is taken off the wall meanwhile.
String driver = '/sys/bus/platform/drivers/doorbell'
String name = '10001000.button'

act 'button0', 'press'
expect cat('button0/rings'), '1\n'

start_act 'button0', 'press'
start_cat 'button0/rings'
start_act 'button1', 'press'
start_echo '1', 'button0/reset'
start_cat 'button1/rings'
run_for 4
wait_for_all()

start_act 'button1', 'press'
start_cat 'button0/rings'
start_act 'button0', 'press'
start_echo name, "$driver/unbind"
start_cat 'button1/rings'
wait_for_all()
run_for 20
echo name, "$driver/bind"
