package dev.tophalf.linux;

import com.google.common.collect.ImmutableMap;

/** Names that drivers cannot use in Linux 6.12, though other kernels have them or people believe in them, and what to use. */
final class AbsentNames {
    private static final ImmutableMap<String, String> ADVICE = ImmutableMap.<String, String>builder()
            .put("pr_warning", "use pr_warn()")
            .put("memcpy_user", "use copy_to_user() or copy_from_user()")
            .put("strlcpy", "use strscpy(), which returns -E2BIG on truncation")
            .put("spinlock_irq_save", "use spin_lock_irqsave()")
            .put(
                    "IRQF_DISABLED",
                    "drop the flag, nothing replaces it: every handler runs with local interrupts off anyway")
            .put("IRQ_DISABLED", "drop it: it stands for IRQF_DISABLED, a request flag that is gone")
            .put("IRQF_SAMPLE_RANDOM", "drop the flag: the core feeds every interrupt into the entropy pool itself")
            .put("do_IRQ", "drivers never call the entry point of the architecture, which x86 calls common_interrupt")
            .put("handle_IRQ_event", "it was renamed to handle_irq_event, which drivers never call")
            .put("setup_timer", "use timer_setup() with a struct timer_list callback argument")
            .put("init_timer", "use timer_setup() with a struct timer_list callback argument")
            .put("timer_container_of", "use from_timer(), which was renamed later")
            .put("hrtimer_setup", "use hrtimer_init() and set the timer's member function after it")
            .put("us_to_ktime", "use ns_to_ktime() with usecs * NSEC_PER_USEC")
            .put("secs_to_jiffies", "multiply the seconds by HZ")
            .put(
                    "rbtree_preorder_for_each_entry_safe",
                    "use rbtree_postorder_for_each_entry_safe(): only the postorder iterator exists")
            .put("rb_set_color", "leave colours to the tree: rb_set_parent_color is its own helper, not for drivers")
            .put("rb_augment_insert", "use rb_insert_augmented() with struct rb_augment_callbacks")
            .put("rb_augment_erase_begin", "use rb_erase_augmented() with struct rb_augment_callbacks")
            .put("rb_augment_erase_end", "use rb_erase_augmented() with struct rb_augment_callbacks")
            .put("fence_add_callback", "use dma_fence_add_callback()")
            .put("to_seqno_fence", "use an ordinary dma_fence: nothing of struct seqno_fence is left")
            .put("custom_get_fence", "it is a placeholder of pseudo code, never a kernel function")
            .put("custom_wait_on", "it is a placeholder of pseudo code, never a kernel function")
            .put(
                    "smp_read_barrier_depends",
                    "use READ_ONCE() or rcu_dereference(), which carry the dependency ordering")
            .put("sysfs_create_dirs", "use kobject_add(), which makes one directory by sysfs_create_dir_ns()")
            .put("sysfs_shutdown", "drop the call: sysfs cannot be unloaded")
            .put("DMABUF_IOCTL_SYNC", "use DMA_BUF_IOCTL_SYNC: start and end must bracket cpu access of a mapping")
            .buildOrThrow();

    private static final String SOFTIRQS =
            "it is for the core subsystems, as the softirq vectors are fixed; use a tasklet, a threaded handler or a work item";

    /** What 6.12 has, but not for modules. */
    private static final ImmutableMap<String, String> UNEXPORTED = ImmutableMap.of(
            "open_softirq", SOFTIRQS,
            "raise_softirq", SOFTIRQS,
            "raise_softirq_irqoff", SOFTIRQS,
            "__raise_softirq_irqoff", SOFTIRQS);

    private AbsentNames() {}

    /** The names, each with the whole message for a driver that uses it. */
    static ImmutableMap<String, String> messages() {
        ImmutableMap.Builder<String, String> messages = ImmutableMap.builder();
        ADVICE.forEach((name, advice) -> messages.put(name, "'" + name + "' is not in Linux 6.12; " + advice));
        UNEXPORTED.forEach((name, advice) ->
                messages.put(name, "'" + name + "' is not exported to modules in Linux 6.12; " + advice));
        return messages.buildOrThrow();
    }
}
