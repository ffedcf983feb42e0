package dev.tophalf.linux

import dev.tophalf.runtime.memory.UserMapping
import dev.tophalf.runtime.memory.UserPointer
import dev.tophalf.runtime.script.ScriptRejectedException

class UaccessSpec extends DriverSpecification {
    byte[] memory = 'hello\0world'.bytes

    /** Runs statements of a system call whose argument {@code u} points {@code offset} bytes into 11 bytes of a process. */
    private Object syscall(String body, long offset = 0, boolean writable = true) {
        load """
            MODULE_LICENSE('GPL')
            DEFINE_SPINLOCK(lock)
            static long handle(__user u) {
                ptr k = kzalloc(16, GFP_KERNEL)
                for (int i = 0; i < 16; i++) k[i] = 0x2a
                long ret = 0
                $body
                kfree(k)
                return ret
            }"""
        call('handle', UserPointer.to(new UserMapping(0x7f00_0000_0000L, memory, writable)) + offset)
    }

    def "#body with #offset bytes before the argument returns #result"() {
        expect:
        syscall("$body", offset) == result
        rules() == []
        memory == after.bytes

        where:
        body                                               | offset || result | after
        'ret = copy_from_user(k, u, 11)'                   | 0      || 0      | 'hello\0world'
        'ret = copy_from_user(k, u, 16)'                   | 0      || 5      | 'hello\0world'
        'ret = copy_from_user(k, u, 4)'                    | 9      || 2      | 'hello\0world'
        'ret = copy_from_user(k, u, 4)'                    | 11     || 4      | 'hello\0world'
        'ret = copy_from_user(k, u, 4)'                    | -1     || 4      | 'hello\0world'
        'ret = copy_from_user(k, null, 4)'                 | 0      || 4      | 'hello\0world'
        'ret = copy_from_user(k, u, 0)'                    | 0      || 0      | 'hello\0world'
        'ret = copy_from_user(k + 8, u + 6, 5)'            | 0      || 0      | 'hello\0world'
        'copy_from_user(k, u, 16); ret = k[10] * 1000 + k[11]' | 0  || 100000 | 'hello\0world'
        'ret = copy_to_user(u, k, 3)'                      | 0      || 0      | '***lo\0world'
        'ret = copy_to_user(u + 6, k, 16)'                 | 0      || 11     | 'hello\0*****'
        'ret = copy_to_user(u, "abc", 3)'                  | 2      || 0      | 'heabc\0world'
        'ret = copy_to_user(null, k, 3)'                   | 0      || 3      | 'hello\0world'
        'ret = clear_user(u, 2)'                           | 1      || 0      | 'h\0\0lo\0world'
        'ret = clear_user(u, 20)'                          | 9      || 18     | 'hello\0wor\0\0'
        'ret = strncpy_from_user(k, u, 16)'                | 0      || 5      | 'hello\0world'
        'ret = strncpy_from_user(k, u, 3)'                 | 0      || 3      | 'hello\0world'
        'ret = strncpy_from_user(k, u, 16)'                | 6      || -14    | 'hello\0world'
        'ret = strncpy_from_user(k, u, 16) * 1000 + k[5]'  | 0      || 5000   | 'hello\0world'
        'ret = strnlen_user(u, 100)'                       | 0      || 6      | 'hello\0world'
        'ret = strnlen_user(u, 3)'                         | 0      || 4      | 'hello\0world'
        'ret = strnlen_user(u, 100)'                       | 6      || 0      | 'hello\0world'
        'ret = access_ok(u, 100) ? 1 : 0'                  | 0      || 1      | 'hello\0world'
        'ret = access_ok(u, -1) ? 1 : 0'                   | 0      || 0      | 'hello\0world'
        'ret = access_ok(u + 0x10000000000, 1) ? 1 : 0'    | 0      || 0      | 'hello\0world'
        'ret = (u + 4) - u'                                | 0      || 4      | 'hello\0world'
    }

    def "#box moves #bytes bytes, lowest first"() {
        expect:
        syscall("$box b = new $box(); ret = get_user(b, u); b.value += 1; put_user(b, u); ret = b.value", 0) == value
        memory == after.bytes
        rules() == []

        where:
        box        | bytes || value              | after
        'u8_box'   | 1     || 0x69               | 'iello\0world'
        'u16_box'  | 2     || 0x6569             | 'iello\0world'
        'int_box'  | 4     || 0x6c6c6569         | 'iello\0world'
        'u32_box'  | 4     || 0x6c6c6569         | 'iello\0world'
        'long_box' | 8     || 0x6f77006f6c6c6569 | 'iello\0world'
        'u64_box'  | 8     || 0x6f77006f6c6c6569 | 'iello\0world'
    }

    def "an integer that is not all there is -EFAULT: #body"() {
        expect:
        syscall("u32_box b = new u32_box(); b.value = 7; $body", offset, writable) == result
        memory == 'hello\0world'.bytes
        rules() == []

        where:
        body                                    | offset | writable || result
        'ret = get_user(b, u)'                  | 8      | true     || -14
        'get_user(b, u); ret = b.value'         | 8      | true     || 0
        'ret = put_user(b, u)'                  | 8      | true     || -14
        'ret = put_user(b, u)'                  | 0      | false    || -14
        'ret = put_user(b, null)'               | 0      | true     || -14
        'ret = copy_to_user(u, k, 3)'           | 0      | false    || 3
    }

    def "memdup_user copies: #body is #result"() {
        expect:
        syscall(body, offset) == result
        rules() == []

        where:
        body                                                                               | offset || result
        'ptr p = memdup_user(u, 5); ret = IS_ERR(p) ? PTR_ERR(p) : p[4]; if (!IS_ERR(p)) kfree(p)' | 0  || 111
        'ptr p = memdup_user(u, 5); ret = IS_ERR(p) ? PTR_ERR(p) : p[4]; if (!IS_ERR(p)) kfree(p)' | 8  || -14
        'ptr p = memdup_user(u, -1); ret = IS_ERR(p) ? PTR_ERR(p) : p[4]'                   | 0      || -12
        'ptr p = memdup_user_nul(u, 5); ret = p[5] * 1000 + p[4]; kfree(p)'                 | 0      || 111
    }

    def "#body is reported as #rule: #message"() {
        when:
        syscall(body)

        then:
        rules() == [rule]
        findings.first().message() == message
        findings.first().linux() == linux

        where:
        body                                                       || rule              | message                                                                  | linux
        'copy_from_user(k, u, 17)'                                 || 'oops'            | 'copy_from_user() of 17 bytes, where the buffer has 16 in handle()'      | 'usercopy: Kernel memory overwrite attempt detected to SLUB object'
        'copy_to_user(u, k + 10, 7)'                               || 'oops'            | 'copy_to_user() of 7 bytes, where the buffer has 6 in handle()'          | 'usercopy: Kernel memory exposure attempt detected from SLUB object'
        'copy_from_user(null, u, 1)'                               || 'oops'            | 'copy_from_user() follows a NULL pointer in handle()'                    | 'BUG: kernel NULL pointer dereference'
        'ptr f = kmalloc(4, GFP_KERNEL); kfree(f); copy_to_user(u, f, 4)' || 'oops'     | 'use of 4 bytes after it was freed at driver.groovy:8 in handle()'       | 'BUG: KASAN: slab-use-after-free'
        'ptr p = memdup_user(u + 8, 5); ret = p[0]'                || 'oops'            | 'the error pointer ERR_PTR(-14) is followed in handle()'                 | 'BUG: unable to handle page fault for address'
        'ret = copy_from_user(k, u, -1)'                           || 'user-copy-size'  | 'copy_from_user() of 18446744073709551615 bytes'                         | 'WARNING: CPU: 0 at include/linux/thread_info.h'
        'spin_lock(lock); copy_from_user(k, u, 4); spin_unlock(lock)' || 'sleep-in-atomic' | 'copy_from_user() sleeps in atomic context: a spinlock is held'       | 'BUG: sleeping function called from invalid context'
        'long f = local_irq_save(); put_user(new int_box(), u); local_irq_restore(f)' || 'sleep-in-atomic' | 'put_user() sleeps in atomic context: interrupts are off' | 'BUG: sleeping function called from invalid context'
    }

    def "'#code' does not compile: #message"() {
        when:
        load "static void f(__user u, __iomem r, ptr p) {\n    $code\n}"

        then:
        def refused = thrown(ScriptRejectedException)
        refused.message == "driver.groovy:2:$column: $message"

        where:
        code                      | column || message
        'int x = u[0]'            | 13     || 'dereferencing a __user pointer; use copy_from_user()'
        'u[0] = 1'                | 5      || 'dereferencing a __user pointer; use copy_to_user()'
        'int x = r[1]'            | 13     || 'dereferencing a __iomem pointer; use readl()'
        'r[1] = 1'                | 5      || 'dereferencing a __iomem pointer; use writel()'
        'p = u + 1'               | 9      || "'__user' where 'ptr' is expected"
        'kfree(p); memdup_user(p, 3)' | 27 || "'ptr' where '__user' is expected"
    }
}
