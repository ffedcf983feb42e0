package dev.tophalf.linux

class OopsSpec extends DriverSpecification {
    def "#mistake is an oops at its line, which kills the process and not the machine"() {
        when:
        def result = run body

        then:
        result == null
        rules() == ['oops']
        findings.first().message() == message
        findings.first().linux() == linux
        findings.first().excerpt() == body
        !simulation.isStopped()

        where:
        mistake                    | body                                                  || message                                                          | linux
        'a null pointer'           | 'thing t = null; t.n = 1'                             || 'NULL pointer dereference in start()'                            | 'BUG: kernel NULL pointer dereference'
        'a null lock'              | 'thing t = null; spin_lock(t ? t.lock : null)'        || 'spin_lock() follows a NULL pointer in start()'                  | 'BUG: kernel NULL pointer dereference'
        'a division by zero'       | 'int zero = 0; int n = 1 / zero'                      || 'division by zero in start()'                                    | 'divide error'
        'a byte past the end'      | 'ptr p = kmalloc(4, GFP_KERNEL); p[4] = 1'            || 'byte 4 of 4 is out of bounds in start()'                        | 'BUG: KASAN: slab-out-of-bounds'
        'a byte that was freed'    | 'ptr p = kmalloc(4, GFP_KERNEL); kfree(p); p[0] = 1'  || 'use of 4 bytes after it was freed at driver.groovy:7 in start()' | 'BUG: KASAN: slab-use-after-free'
    }

    def "an oops in a handler stops the machine"() {
        when:
        press('button none = null; none.presses = 1')

        then:
        rules() == ['oops']
        simulation.isStopped()
        simulation.stopReason() == 'Kernel panic - not syncing: Fatal exception in interrupt'
        simulation.process('late') { throw new IllegalStateException('must not run') } == dev.tophalf.runtime.Simulation.Exit.STOPPED
    }

    def "an oops names the driver's functions that led to it, and no others"() {
        when:
        load '''
            MODULE_LICENSE('GPL')
            class thing { long n }
            static void inner(thing t) { t.n = 1 }
            static void outer() { inner(null) }
            static int start() {
                outer()
                return 0
            }
            module_init(start)'''

        then:
        findings.first().message() == 'NULL pointer dereference in inner()'
        findings.first().related()*.text() == ['called from outer()', 'called from start()']
        findings.first().related()*.site()*.file().unique() == ['driver.groovy']
    }

    def "a loop without end is stopped with its line"() {
        when:
        def result = run 'while (true) { ready++ }'.replace('ready++', 'int x = 1')

        then:
        result == null
        rules() == ['soft-lockup']
        findings.first().excerpt() == 'while (true) { int x = 1 }'
    }

    def "a driver cannot catch the end of its process"() {
        when:
        def result = run '''
                for (;;) {
                    try { while (true) { int x = 1 } } catch (Throwable t) { } finally { int y = 2 }
                }'''

        then:
        result == null
        rules() == ['soft-lockup']
    }
}
