package dev.tophalf.linux

import dev.tophalf.linux.kernel.Files
import dev.tophalf.runtime.vfs.FileException

class SignalSpec extends DriverSpecification {
    /** A driver of the button with an attribute; %s is what a read of it waits for. */
    static final String ATTRIBUTE = '''
        DECLARE_WAIT_QUEUE_HEAD(queue)
        DECLARE_COMPLETION(done)
        int ready = 0
        int reads = 0
        static ssize_t level_show(device dev, device_attribute attr, ptr buf) {
            reads++
            long ret = 0
            %s
            if (ret < 0) return ret
            return sysfs_emit(buf, '%%ld after %%d\\n', ret, reads)
        }
        DEVICE_ATTR_RO(level)
        static void nudge() { ready = 1; wake_up(queue) }'''

    static final String PATH = '/sys/devices/platform/10001000.button/level'

    /** Reads the attribute, sends the signals after a millisecond each, then wakes the queue. Returns what the reader sees. */
    private String read(String wait, List<Integer> signals) {
        load String.format(BUTTON, '', String.format(ATTRIBUTE, wait)).replace("name: 'b',", "name: 'b', dev_groups: [dev_attr_level],")
        long now = simulation.nowNs()
        signals.eachWithIndex { signal, i ->
            simulation.clock().at(now + (i + 1) * 1_000_000, 'a signal') {
                simulation.scheduler().signal(simulation.scheduler().tasks().find { it.comm() == 'cat' }, signal)
            }
        }
        simulation.clock().at(now + 50_000_000, 'a nudge') { script.function('nudge').first().invoke(null) }
        String seen = 'killed'
        simulation.process('cat') {
            try {
                seen = Files.of(simulation).find(PATH).read().trim()
            } catch (FileException e) {
                seen = e.message
            }
        }
        settle()
        seen
    }

    def "#wait, with signals #signals: the process sees #seen"() {
        expect:
        read(wait, signals) == seen
        rules() == []

        where:
        wait                                                          | signals  || seen
        'ret = wait_event_interruptible(queue, ready)'                | []       || '0 after 1'
        'ret = wait_event_interruptible(queue, ready)'                | [2]      || 'Interrupted system call'
        'ret = wait_event_interruptible(queue, ready)'                | [17]     || '0 after 2'
        'ret = wait_event_interruptible(queue, ready)'                | [17, 28] || '0 after 3'
        'ret = wait_event_interruptible(queue, ready)'                | [9]      || 'killed'
        'ret = wait_event_interruptible_timeout(queue, ready, 1000)'  | [15]     || 'Interrupted system call'
        'ret = wait_for_completion_interruptible(done)'               | [2]      || 'Interrupted system call'
        'ret = wait_event_killable(queue, ready)'                     | [2]      || '0 after 1'
        'ret = wait_event_killable(queue, ready)'                     | [9]      || 'killed'
        'ret = wait_for_completion_killable_timeout(done, 5)'         | [2]      || '0 after 1'
        'wait_event(queue, ready)'                                    | [2, 15]  || '0 after 1'
        'wait_event(queue, ready); ret = signal_pending(current)'     | [2]      || '1 after 1'
        'wait_event(queue, ready); ret = signal_pending(current) * 2 + fatal_signal_pending(current)' | [] || '0 after 1'
        'wait_event_idle(queue, ready); ret = signal_pending(current)' | [15]    || '1 after 1'
        'ret = schedule_timeout_interruptible(1000) > 900'            | [2]      || '1 after 1'
        'ret = schedule_timeout_killable(3)'                          | [2]      || '0 after 1'
    }

    def "a wait by hand gives way to a signal"() {
        expect:
        read('''
            DEFINE_WAIT(wait)
            while (!ret) {
                ret = prepare_to_wait_event(queue, wait, TASK_INTERRUPTIBLE)
                if (ready) break
                if (!ret) schedule()
            }
            finish_wait(queue, wait)''', [2]) == 'Interrupted system call'
        rules() == []
    }

    def "-ERESTARTSYS without a signal is reported"() {
        when:
        read('ret = -ERESTARTSYS', [])

        then:
        rules() == ['restart-without-signal']
    }
}
