package dev.tophalf.linux

/** Drivers with settings that some read and others replace. */
abstract class RcuSpecification extends DriverSpecification {
    static final String CONFIG = '''
        class config { long value; long twice; rcu_head rcu }
        config current_config
        task_struct t
        DEFINE_MUTEX(m)
        DEFINE_SPINLOCK(lock)
        static config make(long value) {
            config c = kzalloc(config, GFP_KERNEL)
            c.value = value
            c.twice = 2 * value
            return c
        }
        static void release(rcu_head head) {
            pr_info('released\\n')
            kfree(container_of(head, config, rcu))
        }'''

    /** What a spec's drivers have besides. */
    String own() {
        ''
    }

    /** Does {@code body} in a module's init function. */
    void begin(String body, String beside = '') {
        load("MODULE_LICENSE('GPL')\n${CONFIG.stripIndent()}\n${own().stripIndent()}\n$beside\nstatic int start() {\n$body\nreturn 0\n}\nstatic void stop() { kfree(current_config) }\n" +
                "module_init(start)\nmodule_exit(stop)\n")
    }
}
