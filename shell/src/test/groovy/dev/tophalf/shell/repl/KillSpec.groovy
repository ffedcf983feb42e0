package dev.tophalf.shell.repl

import java.nio.file.Files

/** Signals from the prompt, and who gets them. */
class KillSpec extends PromptSpecification {
    private static final String WAITS = '''\
        DECLARE_WAIT_QUEUE_HEAD(ready)
        int data = 0
        static ssize_t level_show(device dev, device_attribute attr, ptr buf) {
            int error = wait_event_interruptible(ready, data != 0)
            pr_info('ended with %d\\n', error)
            return error ? error : sysfs_emit(buf, '%d\\n', data)
        }
        DEVICE_ATTR_RO(level)
        task_struct idler
        static int idle(Object data) {
            while (!kthread_should_stop()) schedule_timeout_interruptible(1000)
            return 0
        }
        static int waits_probe(platform_device pdev) {
            idler = kthread_run(idle, NULL, 'idler')
            return 0
        }
        static void waits_remove(platform_device pdev) { kthread_stop(idler) }
        platform_driver waits = [probe: waits_probe, remove: waits_remove,
            driver: [name: 'waits', of_match_table: ['acme,button'], dev_groups: [dev_attr_level]]]
        module_platform_driver(waits)
        MODULE_LICENSE('GPL')
        '''.stripIndent()

    private String waits() {
        Files.writeString(folder.resolve('waits.groovy'), WAITS).toString()
    }

    def "a signal ends a process that waits where it may"() {
        when:
        def lines = printed("insmod ${waits()}", 'cat button0/level', 'ps', 'kill -INT 103', 'ps', 'findings')

        then:
        lines.find { it.startsWith('cat: still waits') }
        lines.find { it =~ /^103 +waits +cat / }
        lines.find { it.contains('ended with -512') }
        lines.count { it =~ /^103 / } == 1
        lines.last() == 'no findings'
    }

    def "the kernel's own tasks are shown as such, and hear no signal"() {
        when:
        def lines = printed("insmod ${waits()}", 'ps', 'kill 102')

        then:
        lines.find { it =~ /^102 .* \[idler\] / }
        lines.last() == "kill: 102: idler is the kernel's own; signals do not reach it"
    }

    def "what cannot be sent is refused: #line"() {
        expect:
        printed(line).last() == message

        where:
        line         || message
        'kill'       || 'kill: takes [-SIGNAL] PID..., such as kill -INT 105'
        'kill -9'    || 'kill: takes [-SIGNAL] PID..., such as kill -INT 105'
        'kill cat'   || "kill: 'cat' is no pid; ps has them"
        'kill 9999'  || 'kill: 9999: no such process'
        'kill -HOP 1' || "kill: 'HOP' is no signal; write INT, KILL, TERM, or a number from 1 to 31"
        'kill -32 1' || "kill: '32' is no signal; write INT, KILL, TERM, or a number from 1 to 31"
        'kill -0 1'  || "kill: '0' is no signal; write INT, KILL, TERM, or a number from 1 to 31"
    }
}
