/*
 * heartbeat_no_cancel - beats once every period, and keeps a list of its beats.
 *
 * Wrong: the module goes while its timer is armed, so the timer fires into code that is no longer there.
 * Right: heartbeat.groovy
 * Run:   tophalf run samples/drivers/heartbeat/heartbeat_no_cancel.groovy
 */
MODULE_LICENSE('GPL')
MODULE_DESCRIPTION('A timer that arms itself again')

int period_ms = 100
module_param(period_ms, int, 0444)
MODULE_PARM_DESC(period_ms, 'Milliseconds between two beats')

class beat { int number; list_head node }

DEFINE_SPINLOCK(lock)
LIST_HEAD(beats)                          // under lock
int count = 0                             // under lock
timer_list timer

static long period() {
    return msecs_to_jiffies(period_ms)
}

static void heartbeat_fire(timer_list t) {
    beat b = kzalloc(beat, GFP_ATOMIC)    // a timer's callback must not sleep
    if (b) {
        spin_lock(lock)
        b.number = ++count
        list_add_tail(b.node, beats)
        spin_unlock(lock)
    }
    mod_timer(t, jiffies + period())     // expect: missing-cancel
}

static int heartbeat_init() {
    if (period() < 1) return -EINVAL
    timer_setup(timer, heartbeat_fire, 0)
    mod_timer(timer, jiffies + period())
    return 0
}

static void heartbeat_exit() {
    List<Integer> numbers = []
    for (beat b : list_for_each_entry_safe(beats, beat, node)) {
        numbers.add(b.number)
        list_del(b.node)
        kfree(b)
    }
    pr_info('%d beats: %s\n', count, numbers.take(3).join(', '))
}

module_init(heartbeat_init)
module_exit(heartbeat_exit)
