"""The waiting list of model.ts in SimPy, as its users write such things: a process for each patient, events to wait
for, a priority store for those in line.

    python3 waiting-list.py MODEL.json FIRST_SEED REPLICATIONS COLLECTOR

COLLECTOR is on, as Python comes, or off: with so many events under way its cyclic garbage collector takes more time
than all else, and there is memory enough without.

One line of JSON on standard output for each replication: nanoseconds of the
processor (without imports and reading), pathways, and
the measures in the order of MEASURES in model.ts. Statistically the same model as Fairwait's, with Python's own
random numbers: thresholds kept or drawn anew give the same law, as exponential times have no memory.

Within a week t: clock starts at t, exits at t + 0.25, first appointments at t + 0.5, admissions at t + 0.75, and
everybody is counted at t + 0.9.
"""
import gc
import heapq
import json
import random
import sys
import time

import simpy

BANDS = 105
PRIORITIES = 3
GROUPS = 5
FIRST, ADMISSION = 0, 1
EXITS, CLINIC, WARD, CENSUS = 0.25, 0.5, 0.75, 0.9


class Patient:
    """Somebody waiting; `seen` is the event of being given a slot."""

    __slots__ = ('stratum', 'start', 'seen', 'left')

    def __init__(self, stratum, start):
        self.stratum = stratum
        self.start = start
        self.seen = None
        self.left = False


class WaitingList:
    """One replication."""

    def __init__(self, model, seed):
        self.model = model
        self.random = random.Random(seed)
        self.env = simpy.Environment()
        self.by_chance = model['order'] == 'by-chance'
        self.lines = [simpy.PriorityStore(self.env), simpy.PriorityStore(self.env)]
        self.waiting = [{}, {}]  # those waiting by chance: insertion-ordered, so that a seed fixes the run
        self.live = [{}, {}]  # by stage: (start, stratum) -> people waiting
        self.counted = [0, 0]
        self.person_weeks = [0, 0]
        self.left = [0] * len(model['hazards'])
        self.stops = [0, 0]
        self.stopped_weeks = [0, 0]
        self.missed = 0
        self.pathways = 0

    def run(self):
        self.env.process(self.start_clocks())
        self.env.process(self.serve(FIRST, self.model['firstSlots'], CLINIC))
        self.env.process(self.serve(ADMISSION, self.model['admissionSlots'], WARD))
        self.env.process(self.take_census())
        self.place_initial_list()
        self.env.run(until=self.model['steps'])

    # Who joins

    def place_initial_list(self):
        for stage, counts in enumerate((self.model['waitingFirst'], self.model['waitingAdmission'])):
            for stratum, by_week in enumerate(counts):
                for week, people in enumerate(by_week):
                    for _ in range(people):
                        self.join(Patient(stratum, -1 - week), stage)

    def start_clocks(self):
        for week in range(self.model['steps']):
            for stratum, mean in enumerate(self.model['clockStarts']):
                at = self.random.expovariate(mean)
                while at < 1:
                    self.join(Patient(stratum, week), FIRST)
                    at += self.random.expovariate(mean)
            yield self.env.timeout(1)

    def join(self, patient, stage):
        self.pathways += 1
        self.env.process(self.pathway(patient, stage))

    # One patient

    def pathway(self, patient, stage):
        env = self.env
        week, cause = self.exit_of(patient)
        leaving = env.timeout(week + EXITS - env.now) if week < self.model['steps'] else env.event()
        while True:
            self.stand_in_line(patient, stage)
            yield patient.seen | leaving
            self.step_out(patient, stage)
            if not patient.seen.triggered:
                patient.left = True
                self.left[cause] += 1
                return
            if stage == ADMISSION:
                self.stop_clock(patient, ADMISSION)
                return
            if self.random.random() < self.model['dnaRate'][patient.stratum]:
                self.missed += 1
                yield env.timeout(0.1)
            elif self.random.random() < self.model['admittedShare'][patient.stratum]:
                stage = ADMISSION
            else:
                self.stop_clock(patient, FIRST)
                return

    def exit_of(self, patient):
        """The week and the cause of leaving if never treated: the first of competing risks."""
        now = int(self.env.now)
        horizon = self.model['steps'] - now
        earliest, first_cause = horizon + 1.0, 0
        for cause, hazards in enumerate(self.model['hazards']):
            by_week = hazards[patient.stratum]
            threshold = self.random.expovariate(1)
            band = now - patient.start
            at = 0
            while at < horizon:
                rate = by_week[min(band + at, BANDS - 1)]
                steps = self.level_weeks[cause][patient.stratum][min(band + at, BANDS - 1)]
                if threshold <= rate * steps:
                    at += threshold / rate
                    break
                threshold -= rate * steps
                at += steps
            if at < earliest:
                earliest, first_cause = at, cause
        return now + int(earliest), first_cause

    def stand_in_line(self, patient, stage):
        patient.seen = self.env.event()
        self.counted[stage] += 1
        cell = (patient.start, patient.stratum)
        self.live[stage][cell] = self.live[stage].get(cell, 0) + 1
        if self.by_chance:
            self.waiting[stage][patient] = True
        else:
            level = patient.stratum % PRIORITIES
            self.lines[stage].put((-level, patient.start, self.random.random(), patient))

    def step_out(self, patient, stage):
        self.counted[stage] -= 1
        self.live[stage][(patient.start, patient.stratum)] -= 1
        if self.by_chance:
            del self.waiting[stage][patient]

    def stop_clock(self, patient, stage):
        """Starts and stops are spread over their week: n weeks on, the wait is n - 1 or n whole weeks."""
        weeks = int(self.env.now) - patient.start - self.random.randrange(2)
        self.stops[stage] += 1
        self.stopped_weeks[stage] += min(max(weeks, 0), BANDS - 1)

    # Slots

    def serve(self, stage, slots, moment):
        yield self.env.timeout(moment)
        while True:
            if self.by_chance:
                self.choose_by_chance(stage, slots)
            else:
                yield from self.choose_in_turn(stage, slots)
            yield self.env.timeout(1)

    def choose_in_turn(self, stage, slots):
        line = self.lines[stage]
        given = 0
        while given < slots and line.items:
            patient = (yield line.get())[3]
            if not patient.left:
                patient.seen.succeed()
                given += 1

    def choose_by_chance(self, stage, slots):
        week = int(self.env.now)
        weights, head_start = self.model['chanceWeight'], self.model['headStartWeeks']
        draw = self.random.expovariate
        last = BANDS - 1
        dues = [
            (draw(1) / weights[min(week - patient.start + head_start[patient.stratum], last)], index, patient)
            for index, patient in enumerate(self.waiting[stage])
        ]
        for _, _, patient in heapq.nsmallest(slots, dues):
            patient.seen.succeed()

    # Counts

    def take_census(self):
        yield self.env.timeout(CENSUS)
        while True:
            for stage in (FIRST, ADMISSION):
                self.person_weeks[stage] += self.counted[stage]
            yield self.env.timeout(1)

    def measures(self):
        by_level, by_group = [0] * PRIORITIES, [0] * GROUPS
        within, total = 0, 0
        last_week = self.model['steps'] - 1
        for cells in self.live:
            for (start, stratum), people in cells.items():
                by_level[stratum % PRIORITIES] += people
                by_group[stratum // PRIORITIES] += people
                total += people
                if last_week - start < 18:
                    within += people
        steps = self.model['steps']
        return [
            *(weeks / steps for weeks in self.person_weeks),
            *by_level,
            *by_group,
            within / total,
            *self.stops,
            *self.left,
            self.missed,
            *(weeks / max(1, stops) for weeks, stops in zip(self.stopped_weeks, self.stops)),
        ]


def level_weeks(by_week):
    """For each week waited, for how many weeks from then on the hazard stays as it is."""
    weeks = [1_000_000] * len(by_week)
    for band in range(len(by_week) - 2, -1, -1):
        weeks[band] = weeks[band + 1] + 1 if by_week[band] == by_week[band + 1] else 1
    return weeks


def main():
    path, seed, replications, collector = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    with open(path, encoding='utf-8') as file:
        model = json.load(file)
    WaitingList.level_weeks = [[level_weeks(by_week) for by_week in hazards] for hazards in model['hazards']]
    for replication in range(replications):
        gc.collect()
        if collector == 'off':
            gc.disable()
        begun = time.thread_time_ns()
        waiting_list = WaitingList(model, seed + replication)
        waiting_list.run()
        nanoseconds = time.thread_time_ns() - begun
        print(json.dumps({'nanoseconds': nanoseconds, 'pathways': waiting_list.pathways, 'measures': waiting_list.measures()}), flush=True)


main()
